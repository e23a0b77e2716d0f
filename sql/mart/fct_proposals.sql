-- One row per text of a statement that the wallet rules do not take for what a person accepted it for: the
-- line that would teach them.
--
-- grain    descriptor, wallet
-- reads    decision, decision_state, decision_fact, decided_fact, charge
-- read by  reports/proposals
--
-- The text stands quoted in the line's pattern; the rule is named after the first decision.
create view fct_proposals as
with accepted as (
    select
        decision.decision_id,
        charge.charge_id,
        charge.descriptor,
        charge.wallet
    from decision
    inner join decision_state on decision.decision_id = decision_state.decision_id
    inner join decision_fact on decision.decision_id = decision_fact.decision_id
    inner join decided_fact
        on decision_fact.decision_id = decided_fact.decision_id
        and decision_fact.position = decided_fact.position
    inner join charge on decided_fact.fact_key = charge.charge_id
    where
        decision.verb = 'accept'
        and decision_state.state = 'in force'
        and decision_fact.kind = 'charge'
        and charge.wallet_rule = 'accepted'
        and charge.descriptor <> ''
)

select
    descriptor,
    wallet,
    min(decision_id) as decision_id,
    count(distinct charge_id) as charge_count,
    'accepted-d' || min(decision_id) || '  ' || wallet || '  ^\Q'
    || replace(descriptor, '\E', '\E\\E\Q') || '\E' as line
from accepted
group by descriptor, wallet;
