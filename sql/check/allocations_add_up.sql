-- One row per organization's day whose allocation to projects is not what was drawn and overdrawn.
--
-- What is drawn and overdrawn on a day is its usage, but for the adjustment: what a net negative day
-- could give back to nothing.
with parts as (
    select
        policy,
        organization_key,
        currency,
        day,
        drawn_nanos,
        drawn_nanos as used_nanos
    from allocation_day

    union all

    select
        policy,
        organization_key,
        currency,
        day,
        0 as drawn_nanos,
        overdrawn_nanos as used_nanos
    from allocation_day

    union all

    select
        burn.policy,
        burn.organization_key,
        credit_grant.currency,
        burn.day,
        -burn.drawn_nanos as drawn_nanos,
        0 as used_nanos
    from burn
    inner join credit_grant on burn.credit_grant_id = credit_grant.credit_grant_id

    union all

    select
        policy,
        organization_key,
        currency,
        day,
        0 as drawn_nanos,
        -usage_nanos as used_nanos
    from balance_day

    union all

    select
        policy,
        organization_key,
        currency,
        day,
        0 as drawn_nanos,
        adjustment_nanos as used_nanos
    from balance_day
),

differences as (
    select
        policy,
        organization_key,
        currency,
        day,
        sum(drawn_nanos) as drawn_nanos,
        sum(used_nanos) as used_nanos
    from parts
    group by policy, organization_key, currency, day
)

select
    organization.organization_id || ' ' || differences.day || ' ' || differences.currency || ' ('
    || differences.policy || '): the projects'' shares are not what was '
    || case when differences.drawn_nanos <> 0 then 'drawn' else 'drawn and overdrawn' end as problem
from differences
inner join organization on differences.organization_key = organization.organization_key
where differences.drawn_nanos <> 0 or differences.used_nanos <> 0
order by
    differences.policy,
    organization.organization_id,
    differences.currency,
    differences.day;
