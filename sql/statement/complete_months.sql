-- One row per month from the first fact's to that of the last day which cost covers; where none does,
-- of the last day that any file covers. The second column says nothing.
select
    month,
    '' as what
from calendar
where day <= coalesce(
    (select max(cost_until) from organization_fact),
    (select max(covered_until) from file),
    ''
)
group by month
order by month;
