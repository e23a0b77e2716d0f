-- One row per last balance whose credit is not what its grants have left.
--
-- A grant of a later day has not entered the balance yet.
with days as (
    select
        policy,
        organization_key,
        currency,
        day,
        paid_nanos,
        free_nanos,
        row_number() over (
            partition by policy, organization_key, currency order by day desc
        ) as days_from_end
    from balance_day
),

parts as (
    select
        policy,
        organization_key,
        currency,
        paid_nanos as paid_nanos,
        free_nanos as free_nanos
    from days
    where days_from_end = 1

    union all

    select
        days.policy,
        days.organization_key,
        days.currency,
        case when credit_grant.is_free = 0 then -grant_balance.remaining_nanos else 0 end
            as paid_nanos,
        case when credit_grant.is_free = 1 then -grant_balance.remaining_nanos else 0 end
            as free_nanos
    from days
    inner join credit_grant
        on days.organization_key = credit_grant.organization_key
        and days.currency = credit_grant.currency
        and days.day >= credit_grant.granted_on
    inner join grant_balance
        on days.policy = grant_balance.policy
        and credit_grant.credit_grant_id = grant_balance.credit_grant_id
    where days.days_from_end = 1
),

differences as (
    select
        policy,
        organization_key,
        currency,
        sum(paid_nanos) as paid_nanos,
        sum(free_nanos) as free_nanos
    from parts
    group by policy, organization_key, currency
)

select
    organization.organization_id || ' ' || differences.currency || ' (' || differences.policy
    || '): the last balance is not what the grants have left' as problem
from differences
inner join organization on differences.organization_key = organization.organization_key
where differences.paid_nanos <> 0 or differences.free_nanos <> 0
order by differences.policy, organization.organization_id, differences.currency;
