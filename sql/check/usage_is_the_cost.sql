-- One row per organization's day whose burnt-down usage is not its cost.
with costs as (
    select
        organization_id,
        currency,
        day,
        sum(cost_nanos) as cost_nanos
    from fct_costs
    group by organization_id, currency, day
)

select
    fct_balances.organization_id || ' ' || fct_balances.day || ' (' || fct_balances.policy
    || '): the usage drawn from credit is not the cost' as problem
from fct_balances
left join costs
    on fct_balances.organization_id = costs.organization_id
    and fct_balances.currency = costs.currency
    and fct_balances.day = costs.day
where fct_balances.usage_nanos <> coalesce(costs.cost_nanos, 0)
order by fct_balances.policy, fct_balances.organization_id, fct_balances.day;
