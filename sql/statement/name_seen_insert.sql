-- Keeps a name that a file gives an organization or a project.
insert into name_seen (file_id, kind, external_id, name)
values (:file_id, :kind, :external_id, :name);
