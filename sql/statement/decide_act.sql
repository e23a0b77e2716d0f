-- One row at most: what a decision says.
select
    id,
    verb,
    leg,
    amount_nanos,
    currency,
    cause,
    why,
    decided_by,
    decided_at
from decision
where decision_id = :decision_id;
