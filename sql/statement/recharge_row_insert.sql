-- Keeps one row of the recharge table.
insert into recharge_row (
    file_id, line, organization_key, from_on, until_on, threshold_nanos, amount_nanos,
    target_nanos, cap_nanos, currency
)
values (
    :file_id, :line, :organization_key, :from_on, :until_on, :threshold_nanos, :amount_nanos,
    :target_nanos, :cap_nanos, :currency
);
