-- One row per organization, project and UTC day that cost something: what counts, of all snapshots.
--
-- grain    organization_id, project_id, day, currency
-- reads    cost_day, organization, project
-- read by  check/line_items_add_up, statement/close_projects
--
-- Cost that no project is known for has an empty project_id.
create view fct_costs as
select
    organization.organization_id,
    coalesce(project.project_id, '') as project_id,
    coalesce(project.name, '') as project_name,
    cost_day.day,
    substr(cost_day.day, 1, 7) as month,
    cost_day.currency,
    cost_day.cost_nanos,
    case when cost_day.is_provisional = 1 then cost_day.cost_nanos else 0 end as provisional_nanos
from cost_day
inner join organization on cost_day.organization_key = organization.organization_key
left join project on cost_day.project_key = project.project_key;
