-- One row per organization, project, currency and day that cost something.
select
    cost_day.organization_key,
    cost_day.project_key,
    cost_day.currency,
    calendar.day_number,
    cost_day.cost_nanos,
    cost_day.is_provisional
from cost_day
inner join calendar using (day)
inner join organization using (organization_key)
inner join project using (project_key)
order by
    organization.organization_id,
    project.project_id,
    cost_day.currency,
    calendar.day_number;
