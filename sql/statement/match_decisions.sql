-- One row per fact of every decision, newest first; ended_by is 0 while no other decision ended it.
select
    decision.decision_id,
    decision.verb,
    decision.leg,
    decision.amount_nanos,
    decision.currency,
    decision.cause,
    decision.why,
    decision.decided_by,
    decision.decided_at,
    coalesce(decision_end.how, '') as how,
    coalesce(decision_end.ended_by, 0) as ended_by,
    decision_fact.kind,
    decided_fact.id,
    decided_fact.reference,
    coalesce(decided_fact.fact_key, 0) as fact_key
from decision
inner join decision_fact on decision.decision_id = decision_fact.decision_id
inner join decided_fact
    on decision_fact.decision_id = decided_fact.decision_id
    and decision_fact.position = decided_fact.position
left join decision_end on decision.decision_id = decision_end.decision_id
order by decision.decision_id desc, decision_fact.position;
