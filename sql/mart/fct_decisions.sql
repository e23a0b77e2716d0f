-- One row per decision, whatever became of it.
--
-- grain    decision
-- reads    decision, decision_state, decision_fact, settled_exception
-- read by  reports/decisions
--
-- Facts are named by their ids and references now. A decision of an exception waits for its fact
-- while the exception does not arise.
create view fct_decisions as
with settled as (
    select
        decision_fact.decision_id,
        max(settled_exception.reference) as reference
    from decision_fact
    left join settled_exception on decision_fact.id = settled_exception.id
    where decision_fact.kind = 'exception'
    group by decision_fact.decision_id
)

select
    decision.decision_id,
    decision.decided_at,
    decision.decided_by,
    decision.verb,
    decision_state.ids,
    coalesce(settled.reference, decision_state.refs) as refs,
    decision.leg,
    case when decision.currency <> '' then decision.amount_nanos end as amount_nanos,
    decision.currency,
    decision.cause,
    decision.why,
    case
        when
            settled.decision_id is not null
            and settled.reference is null
            and decision.verb = 'settle'
            and decision_state.state = 'in force'
            then 'waiting for its facts'
        else decision_state.state
    end as state,
    decision_state.ended_by,
    decision.id
from decision
inner join decision_state on decision.decision_id = decision_state.decision_id
left join settled on decision.decision_id = settled.decision_id;
