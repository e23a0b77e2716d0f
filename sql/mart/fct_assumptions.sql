-- One row per thing that was assumed about a file, in words.
--
-- grain    file, position
-- reads    file_note, file
-- read by  reports/assumptions
create view fct_assumptions as
select
    file.name as source,
    file.sha256,
    file.format,
    file.options,
    file_note.position,
    file_note.text as assumption
from file_note
inner join file on file_note.file_id = file.file_id
where file_note.level = 'assumed';
