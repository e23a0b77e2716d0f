-- One row of grant_balance.
insert into grant_balance (
    policy, credit_grant_id, used_nanos, repaid_nanos, expired_nanos, expired_low_nanos,
    withdrawn_nanos, remaining_nanos, state, forecast_unused_nanos
)
values (
    :policy, :credit_grant_id, :used_nanos, :repaid_nanos, :expired_nanos, :expired_low_nanos,
    :withdrawn_nanos, :remaining_nanos, :state, :forecast_unused_nanos
);
