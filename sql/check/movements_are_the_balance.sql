-- One row per day whose paid credit, free credit or overdraft is not what the movements up to it make.
with parts as (
    select
        policy,
        organization_id,
        currency,
        day,
        prepaid_nanos,
        free_nanos,
        accrued_nanos
    from fct_credit_movements

    union all

    select
        policy,
        organization_id,
        currency,
        day,
        lag(paid_nanos, 1, 0) over organization_days - paid_nanos as prepaid_nanos,
        lag(free_nanos, 1, 0) over organization_days - free_nanos as free_nanos,
        lag(overdraft_nanos, 1, 0) over organization_days - overdraft_nanos as accrued_nanos
    from fct_balances
    window organization_days as (partition by policy, organization_id, currency order by day)
),

differences as (
    select
        policy,
        organization_id,
        currency,
        day,
        sum(prepaid_nanos) as prepaid_nanos,
        sum(free_nanos) as free_nanos,
        sum(accrued_nanos) as accrued_nanos
    from parts
    group by policy, organization_id, currency, day
)

select
    organization_id || ' ' || day || ' ' || currency || ' (' || policy
    || '): the movements do not make the balance' as problem
from differences
where prepaid_nanos <> 0 or free_nanos <> 0 or accrued_nanos <> 0
order by policy, organization_id, currency, day;
