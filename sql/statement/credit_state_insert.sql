-- Rows of grant_balance.
insert into grant_balance (
    policy, credit_grant_id, used_nanos, repaid_nanos, expired_nanos, expired_low_nanos,
    withdrawn_nanos, remaining_nanos, state, forecast_unused_nanos
)
select c0, c1, c2, c3, c4, c5, c6, c7, c8, c9
from rowsource;
