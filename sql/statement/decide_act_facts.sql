-- One row per fact that a decision names, the top-up first.
select
    position,
    kind,
    id
from decision_fact
where decision_id = :decision_id
order by position;
