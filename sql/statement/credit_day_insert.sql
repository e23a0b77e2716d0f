-- One row of balance_day.
insert into balance_day (
    policy, organization_key, currency, day, paid_nanos, free_nanos, overdraft_nanos,
    topup_nanos, grant_nanos, usage_nanos, expired_nanos, withdrawn_nanos, adjustment_nanos
)
values (
    :policy, :organization_key, :currency, :day, :paid_nanos, :free_nanos, :overdraft_nanos,
    :topup_nanos, :grant_nanos, :usage_nanos, :expired_nanos, :withdrawn_nanos, :adjustment_nanos
);
