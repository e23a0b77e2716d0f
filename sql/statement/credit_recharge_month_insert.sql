-- One row of recharge_month.
insert into recharge_month (
    organization_key, currency, month, automatic_count, automatic_nanos, manual_count,
    manual_nanos, unstated_count, unstated_nanos, cap_nanos, cap_state, threshold_nanos,
    threshold_basis, suspect_count, suspect_nanos, explanation
)
values (
    :organization_key, :currency, :month, :automatic_count, :automatic_nanos, :manual_count,
    :manual_nanos, :unstated_count, :unstated_nanos, :cap_nanos, :cap_state, :threshold_nanos,
    :threshold_basis, :suspect_count, :suspect_nanos, :explanation
);
