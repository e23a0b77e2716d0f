-- One row per table and table that it refers to where rows refer to nothing.
select
    "table" || ': ' || count(*) || ' row(s) refer to no row of ' || parent as problem
from pragma_foreign_key_check
group by "table", parent
order by "table", parent;
