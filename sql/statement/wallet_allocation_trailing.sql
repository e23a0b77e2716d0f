-- One row per project, or none, with a cost on the newest 28 complete days up to a month's end, in the order of project ids.
with provisional_days as (
    select day
    from cost_day
    where organization_key = :organization_key and is_provisional = 1
),

days as (
    select calendar.day
    from coverage
    inner join calendar
        on calendar.day >= coverage.from_day and calendar.day <= coverage.until_day
    where
        coverage.organization_key = :organization_key
        and calendar.day <= :month || '-31'
        and calendar.day not in (select day from provisional_days)
    order by calendar.day desc
    limit 28
),

span as (
    select
        count(*) as day_count,
        max(day) as until_on
    from days
)

select
    cost_day.project_key,
    sum(cost_day.cost_nanos) as cost_nanos,
    'use of ' || span.day_count || ' days to ' || span.until_on as basis
from cost_day
inner join days on cost_day.day = days.day
cross join span
left join project on cost_day.project_key = project.project_key
where cost_day.organization_key = :organization_key and cost_day.currency = :currency
group by cost_day.project_key, project.project_id, span.day_count, span.until_on
order by coalesce(project.project_id, '');
