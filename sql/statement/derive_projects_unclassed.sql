-- One row per project that has a name and no class from the projects table.
select project.project_key, project.name
from project
join project_fact on project_fact.project_key = project.project_key
where project_fact.class = '' and project.name <> ''
order by project.project_id;
