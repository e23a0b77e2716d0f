-- Keeps one rejected record of a quarantined file.
insert into reject (file_id, line, problem, text, day, project_id, account)
values (:file_id, :line, :problem, :text, :day, :project_id, :account);
