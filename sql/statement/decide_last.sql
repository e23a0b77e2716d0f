-- One row: the number of the last decision, 0 before the first.
select coalesce(max(decision_id), 0) as decision_id
from decision;
