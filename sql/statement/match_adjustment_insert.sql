insert into adjustment (
    topup_id, cause, amount_nanos, currency, explanation, rate_nanos, source, treatment, is_assumed
)
select c0, c1, c2, c3, c4, c5, c6, c7, c8
from rowsource;
