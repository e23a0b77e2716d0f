-- One row per thing that was assumed about a file, in words.
select text
from file_note
where file_id = :file_id and level = 'assumed'
order by position;
