-- One row per project. Its class by rule comes after: see derive_project_class.
insert into project_fact (
    project_key, organization_key, class, class_source, owner, purpose, cost_center
)
select
    project.project_key,
    coalesce(stated.organization_key, seen.organization_key),
    coalesce(stated.class, ''),
    case when coalesce(stated.class, '') <> '' then 'table' else '' end,
    coalesce(stated.owner, ''),
    coalesce(stated.purpose, ''),
    coalesce(stated.cost_center, '')
from project
left join stg_project_rows as stated on stated.project_key = project.project_key
left join stg_project_organizations as seen on seen.project_key = project.project_key
order by project.project_id;
