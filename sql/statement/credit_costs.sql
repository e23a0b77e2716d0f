-- One row per currency, day and project that an organization's cost names, but for days that are invoiced.
select
    cost_day.currency,
    calendar.day_number,
    coalesce(cost_day.project_key, 0) as project_key,
    coalesce(project.project_id, '') as project_id,
    cost_day.cost_nanos,
    cost_day.is_provisional
from cost_day
inner join calendar using (day)
left join project using (project_key)
where
    cost_day.organization_key = :organization_key
    and not exists (
        select 1
        from invoiced_day
        where
            invoiced_day.organization_key = cost_day.organization_key
            and invoiced_day.day = cost_day.day
    )
order by cost_day.currency, cost_day.day, coalesce(project.project_id, '');
