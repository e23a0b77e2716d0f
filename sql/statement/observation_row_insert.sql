-- Keeps one balance seen on the console.
insert into observation_row (
    file_id, line, organization_key, observed_at, balance_nanos, currency
)
values (
    :file_id, :line, :organization_key, :observed_at, :balance_nanos, :currency
);
