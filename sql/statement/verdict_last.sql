-- One row: the number of the last verdict, 0 before the first.
select coalesce(max(verdict_id), 0) as verdict_id
from verdict;
