-- One row per organization that was used, and since a day is not: as far as its own payments and seen balances
-- and the cost of others reach.
--
-- A day counts as used that cost something or had requests. It is silent when it is so for more than a week
-- and for more than three times its longest rest of the 90 days before.
with days as (
    select
        cost_day.organization_key,
        calendar.day,
        calendar.day_number
    from cost_day
    inner join calendar on cost_day.day = calendar.day
    where cost_day.cost_nanos > 0
    union
    select
        usage_day.organization_key,
        calendar.day,
        calendar.day_number
    from usage_day
    inner join calendar on usage_day.day = calendar.day
    where usage_day.organization_key is not null and usage_day.requests > 0
),

rests as (
    select
        organization_key,
        day,
        day_number,
        day_number - lag(day_number) over (
            partition by organization_key order by day_number
        ) as rest,
        max(day_number) over (partition by organization_key) as last_number
    from days
),

rhythms as (
    select
        organization_key,
        max(day) as last_on,
        last_number,
        count(*) as day_count,
        coalesce(max(rest), 1) as longest_rest
    from rests
    where day_number > last_number - 90
    group by organization_key, last_number
),

told as (
    select
        organization_key,
        paid_on as day,
        'its payments reach' as what
    from topup
    where status = 'paid'
    union all
    select
        organization_key,
        observed_on as day,
        'its seen balances reach' as what
    from observation
    union all
    select
        organization.organization_key,
        others.cost_until as day,
        'the cost of other organizations reaches' as what
    from organization
    inner join organization_fact as others
        on organization.organization_key <> others.organization_key
    where others.cost_until is not null
),

ranked as (
    select
        told.organization_key,
        told.day,
        told.what,
        calendar.day_number,
        row_number() over (
            partition by told.organization_key order by told.day desc, told.what
        ) as place
    from told
    inner join calendar on told.day = calendar.day
)

select
    rhythms.organization_key,
    organization.organization_id,
    rhythms.last_on,
    rhythms.longest_rest,
    ranked.day,
    ranked.what,
    ranked.day_number - rhythms.last_number as silent_days
from rhythms
inner join organization on rhythms.organization_key = organization.organization_key
inner join ranked on rhythms.organization_key = ranked.organization_key and ranked.place = 1
where
    rhythms.day_count >= 5
    and ranked.day_number - rhythms.last_number > 7
    and ranked.day_number - rhythms.last_number > 3 * rhythms.longest_rest
order by organization.organization_id;
