-- A reading of these bytes under stated options, the first of several.
select name, options
from file
where sha256 = :sha256 and options <> ''
order by file_id
limit 1;
