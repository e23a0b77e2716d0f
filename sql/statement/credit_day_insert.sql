-- Rows of balance_day.
insert into balance_day (
    policy, organization_key, currency, day, paid_nanos, free_nanos, overdraft_nanos,
    topup_nanos, grant_nanos, usage_nanos, expired_nanos, withdrawn_nanos, adjustment_nanos
)
select c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12
from rowsource;
