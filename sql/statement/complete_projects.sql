-- One row per project that any file names, with its name or ''.
select project_id, name from project order by project_id;
