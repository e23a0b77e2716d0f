-- One row per decision and verdict, whatever became of it.
--
-- grain    decision
-- reads    decision, decision_state, decision_fact, decided_fact, settled_exception, verdict, runaway_episode, topup,
--          receipt, charge
-- read by  reports/decisions
--
-- Facts are named by their ids and references now. A decision of an exception waits for its fact
-- while the exception does not arise, a verdict while nothing ran away on its days. The amount of a
-- verdict is what its episode was above its baseline, its cause what it said. from_on and until_on are
-- the days of the facts, null where they are not known.
create view fct_decisions as
with settled as (
    select
        decision_fact.decision_id,
        max(settled_exception.reference) as reference
    from decision_fact
    left join settled_exception on decision_fact.id = settled_exception.id
    where decision_fact.kind = 'exception'
    group by decision_fact.decision_id
),

judged as (
    select
        verdict.verdict_id,
        min(later.verdict_id) as ended_by
    from verdict
    left join verdict as later
        on verdict.organization_id = later.organization_id
        and verdict.project_id = later.project_id
        and verdict.currency = later.currency
        and verdict.from_on <= later.until_on
        and verdict.until_on >= later.from_on
        and verdict.verdict_id < later.verdict_id
    group by verdict.verdict_id
),

days as (
    select
        decided_fact.decision_id,
        coalesce(topup.paid_on, receipt.paid_on, charge.dated_on) as day
    from decided_fact
    inner join decision_fact
        on
            decided_fact.decision_id = decision_fact.decision_id
            and decided_fact.position = decision_fact.position
    left join topup
        on decision_fact.kind = 'topup' and decided_fact.fact_key = topup.topup_id
    left join receipt
        on decision_fact.kind = 'receipt' and decided_fact.fact_key = receipt.receipt_id
    left join charge
        on decision_fact.kind = 'charge' and decided_fact.fact_key = charge.charge_id
),

spans as (
    select
        decision_id,
        min(day) as from_on,
        max(day) as until_on
    from days
    group by decision_id
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
    spans.from_on,
    spans.until_on,
    decision.id,
    0 as is_verdict
from decision
inner join decision_state on decision.decision_id = decision_state.decision_id
left join settled on decision.decision_id = settled.decision_id
left join spans on decision.decision_id = spans.decision_id
union all
select
    verdict.verdict_id as decision_id,
    verdict.decided_at,
    verdict.decided_by,
    'verdict' as verb,
    coalesce(runaway_episode.id, '') as ids,
    verdict.project_id as refs,
    '' as leg,
    verdict.excess_nanos as amount_nanos,
    verdict.currency,
    verdict.verdict as cause,
    verdict.why,
    case
        when judged.ended_by is not null then 'superseded'
        when runaway_episode.id is not null then 'in force'
        else 'waiting for its facts'
    end as state,
    case when judged.ended_by is not null then 'v' || judged.ended_by else '' end as ended_by,
    verdict.from_on,
    verdict.until_on,
    'v' || verdict.verdict_id as id,
    1 as is_verdict
from verdict
inner join judged on verdict.verdict_id = judged.verdict_id
left join runaway_episode on verdict.verdict_id = runaway_episode.verdict_id;
