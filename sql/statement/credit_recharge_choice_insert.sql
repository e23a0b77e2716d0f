-- One row of recharge_choice.
insert into recharge_choice (
    organization_key, currency, position, threshold_basis, amount_basis, threshold_nanos,
    amount_nanos, target_nanos, cap_nanos, is_current, from_on, until_on, day_count,
    opening_nanos, recorded_nanos, payment_count, payment_nanos, payments_per_month, usage_nanos,
    expired_nanos, adjustment_nanos, closing_nanos, stop_out_count, capped_count, idle_nanos
)
values (
    :organization_key, :currency, :position, :threshold_basis, :amount_basis, :threshold_nanos,
    :amount_nanos, :target_nanos, :cap_nanos, :is_current, :from_on, :until_on, :day_count,
    :opening_nanos, :recorded_nanos, :payment_count, :payment_nanos, :payments_per_month,
    :usage_nanos, :expired_nanos, :adjustment_nanos, :closing_nanos, :stop_out_count,
    :capped_count, :idle_nanos
);
