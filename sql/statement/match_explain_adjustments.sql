-- One row per line between a top-up's credit and what its card lost.
select
    cause,
    amount_nanos,
    currency,
    explanation
from adjustment
where topup_id = :fact_id
order by cause desc, currency, amount_nanos, explanation;
