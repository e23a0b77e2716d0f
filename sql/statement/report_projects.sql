-- One row per project that any file names.
select project_id from project order by project_id;
