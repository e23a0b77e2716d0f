-- One row per decision that names a fact, in their order.
select
    decision.id,
    decision.verb,
    decision.leg,
    decision.amount_nanos,
    decision.currency,
    decision.cause,
    decision.why,
    decision.decided_by,
    decision.decided_at,
    decision_state.state,
    decision_state.ended_by,
    decision_state.ids
from decision
inner join decision_state on decision.decision_id = decision_state.decision_id
inner join decision_fact on decision.decision_id = decision_fact.decision_id
inner join decided_fact
    on decision_fact.decision_id = decided_fact.decision_id
    and decision_fact.position = decided_fact.position
where decision_fact.kind = :kind and decided_fact.fact_key = :fact_id
order by decision.decision_id;
