-- The head of the log and other marks: all of them, for the copy is whole.
insert or replace into main.meta (name, value)
select
    name,
    value
from source.meta
order by name;
