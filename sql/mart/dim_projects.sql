-- One row per project that any file names, with what is known of it.
--
-- grain    project_key
-- reads    project, project_fact
-- read by  reports/spend and its grains, fct_spend
--
-- The key is for joins within one ledger, as in dim_organizations.
create view dim_projects as
select
    project.project_key,
    project.project_id,
    project.name as project_name,
    coalesce(project_fact.class, '') as class,
    coalesce(project_fact.owner, '') as owner,
    coalesce(project_fact.cost_center, '') as cost_center
from project
left join project_fact on project.project_key = project_fact.project_key;
