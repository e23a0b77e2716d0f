-- One row per table but meta: the statement that copies it whole. Both ledgers have the tables of all migrations.
select 'insert into main."' || name || '" select * from source."' || name || '" order by rowid;'
from source.sqlite_schema
where type = 'table' and name <> 'meta' and name not like 'sqlite\_%' escape '\'
order by name;
