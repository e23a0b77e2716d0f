insert into observation (
    observation_id, file_id, line, organization_key, observed_at, observed_on, balance_nanos,
    currency
)
values (
    :position, :file_id, :line, :organization_key, :observed_at, :observed_on, :balance_nanos,
    :currency
);
