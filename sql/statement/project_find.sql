-- The key of one project by its id.
select project_key from project where project_id = :text;
