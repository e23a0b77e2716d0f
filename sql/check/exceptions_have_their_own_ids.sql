-- One row per id that several exceptions share: a decision about one would be one about all.
select
    'exception ' || id || ' is ' || count(*) || ' exceptions (' || min(code) || ')' as problem
from exception
group by id
having count(*) > 1
order by id;
