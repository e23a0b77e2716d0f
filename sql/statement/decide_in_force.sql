-- One row per fact of every decision in force that names a fact (:kind, :fact_key; of an exception :id), newest first.
select
    decision.decision_id,
    decision.id,
    decision.verb,
    decision.leg,
    decision.amount_nanos,
    decision.cause,
    decision.decided_by,
    decision.decided_at,
    decision_fact.kind,
    decided_fact.fact_key,
    decided_fact.id as fact_id
from decision
inner join decision_state
    on decision.decision_id = decision_state.decision_id
inner join decision_fact on decision.decision_id = decision_fact.decision_id
inner join decided_fact
    on decision_fact.decision_id = decided_fact.decision_id
    and decision_fact.position = decided_fact.position
where
    decision_state.ended_by = ''
    and decision.verb <> 'undo'
    and exists (
        select 1
        from decision_fact as named
        inner join decided_fact as found
            on named.decision_id = found.decision_id and named.position = found.position
        where
            named.decision_id = decision.decision_id
            and named.kind = :kind
            and (found.fact_key = :fact_key or (:kind = 'exception' and named.id = :id))
    )
order by decision.decision_id desc, decision_fact.position;
