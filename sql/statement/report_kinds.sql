-- One row per kind of imported files.
select kind from file group by kind order by kind;
