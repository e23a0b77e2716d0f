-- Adds one project; its name is derived later.
insert into project (project_id, name) values (:text, '');
