-- One row per day on which an organization prepays and whose burnt-down usage is not its cost.
with policies as (
    select 'free-first' as policy
    union all
    select 'expiry-first' as policy
),

parts as (
    select
        policies.policy,
        cost_day.organization_key,
        cost_day.currency,
        cost_day.day,
        cost_day.cost_nanos as left_nanos
    from cost_day
    left join invoiced_day
        on
            cost_day.organization_key = invoiced_day.organization_key
            and cost_day.day = invoiced_day.day
    cross join policies
    where invoiced_day.day is null

    union all

    select
        policy,
        organization_key,
        currency,
        day,
        -usage_nanos as left_nanos
    from balance_day
),

differences as (
    select
        policy,
        organization_key,
        currency,
        day,
        sum(left_nanos) as left_nanos
    from parts
    group by policy, organization_key, currency, day
)

select
    organization.organization_id || ' ' || differences.day || ' ' || differences.currency || ' ('
    || differences.policy || '): the usage drawn from credit is not the cost' as problem
from differences
inner join organization on differences.organization_key = organization.organization_key
where differences.left_nanos <> 0
order by
    differences.policy,
    organization.organization_id,
    differences.currency,
    differences.day;
