-- One row per fact of one close.
select
    kind,
    id,
    currency,
    amount_nanos,
    text,
    source
from closing_fact
where organization_id = :organization_id and month = :month and sequence = :sequence
order by kind, id, currency;
