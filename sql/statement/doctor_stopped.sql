-- One row per organization that was used, and since a day is not: as far as its own payments, seen balances
-- and exports of a stated day and the cost of others reach, or else the empty rows of its cost export.
--
-- A day counts as used that cost something or had requests. It is silent when it is so for more than a week
-- and for more than three times as many days as lay between two uses in the 90 days before. Empty rows at the
-- end of an export are not certain: a month's export has them up to the month's end whenever it was made.
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

gaps as (
    select
        organization_key,
        day,
        day_number,
        day_number - lag(day_number) over (
            partition by organization_key order by day_number
        ) as gap,
        max(day_number) over (partition by organization_key) as last_number
    from days
),

rhythms as (
    select
        organization_key,
        max(day) as last_on,
        last_number,
        count(*) as day_count,
        coalesce(max(gap), 1) as longest_gap
    from gaps
    where day_number > last_number - 90
    group by organization_key, last_number
),

told as (
    select
        organization_key,
        paid_on as day,
        'its payments reach' as what,
        1 as certainty
    from topup
    where status = 'paid'
    union all
    select
        organization_key,
        observed_on as day,
        'its seen balances reach' as what,
        1 as certainty
    from observation
    union all
    select
        organization_key,
        rank_day as day,
        'its cost export, by its --as-of, reaches' as what,
        2 as certainty
    from snapshot
    where kind = 'cost' and rank_stated = 1
    union all
    select
        organization.organization_key,
        others.cost_until as day,
        'the cost of other organizations reaches' as what,
        1 as certainty
    from organization
    inner join organization_fact as others
        on organization.organization_key <> others.organization_key
    where others.cost_until is not null
    union all
    select
        organization_key,
        rows_until as day,
        'the rows of its cost export go on' as what,
        0 as certainty
    from snapshot
    where kind = 'cost'
),

ranked as (
    select
        rhythms.organization_key,
        rhythms.last_on,
        rhythms.longest_gap - 1 as longest_rest,
        told.day,
        told.what,
        told.certainty,
        calendar.day_number - rhythms.last_number as silent_days,
        row_number() over (
            partition by told.organization_key
            order by told.certainty desc, told.day desc, told.what
        ) as place
    from told
    inner join calendar on told.day = calendar.day
    inner join rhythms on told.organization_key = rhythms.organization_key
    where
        rhythms.day_count >= 5
        and calendar.day_number - rhythms.last_number > 7
        and calendar.day_number - rhythms.last_number > 3 * rhythms.longest_gap
)

select
    ranked.organization_key,
    organization.organization_id,
    ranked.last_on,
    ranked.longest_rest,
    ranked.day,
    ranked.what,
    ranked.certainty,
    ranked.silent_days
from ranked
inner join organization on ranked.organization_key = organization.organization_key
where ranked.place = 1
order by organization.organization_id;
