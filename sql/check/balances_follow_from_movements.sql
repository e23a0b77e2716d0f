-- One row per day whose balance is not the day before's plus the day's movements.
with days as (
    select
        policy,
        organization_id,
        currency,
        day,
        balance_nanos,
        lag(balance_nanos, 1, 0) over (
            partition by policy, organization_id, currency order by day
        ) as opening_nanos,
        topup_nanos + grant_nanos - usage_nanos - expired_nanos - withdrawn_nanos
        + adjustment_nanos as moved_nanos
    from fct_balances
)

select
    organization_id || ' ' || day || ' (' || policy
    || '): the balance is not the day before''s plus the day''s movements' as problem
from days
where balance_nanos <> opening_nanos + moved_nanos
order by policy, organization_id, currency, day;
