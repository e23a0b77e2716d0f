-- One row per top-up paid from :first to :last, with its state. Reads what close_gather left.
select
    id,
    reference,
    paid_on,
    status,
    credit_nanos,
    credit_currency,
    total_nanos,
    currency,
    state
from temp.close_payment
where
    organization_key = :organization_key
    and paid_on >= :first
    and paid_on <= :last
order by paid_on, paid_at, id;
