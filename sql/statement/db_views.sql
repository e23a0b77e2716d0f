-- One row per view: the statement that drops it.
select 'drop view "' || name || '";'
from sqlite_schema
where type = 'view'
order by name;
