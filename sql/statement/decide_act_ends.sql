-- One row per decision that a decision ended, and how.
select
    decision_id,
    how
from decision_end
where ended_by = :decision_id
order by decision_id;
