-- One row per project, by id: what it is called, and for what it is.
select
    project.project_key,
    case when project.name = '' then project.project_id else project.name end as name,
    coalesce(project_fact.purpose, '') as purpose
from project
left join project_fact on project.project_key = project_fact.project_key
order by project.project_id;
