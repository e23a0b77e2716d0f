-- Keeps one row of a ChatGPT workspace's credit report.
insert into credit_usage_row (
    file_id, line, day, account_id, user_id, user_email, usage_type,
    credits_nanos, quantity_nanos, units
)
values (
    :file_id, :line, :day, :account_id, :user_id, :user_email, :usage_type,
    :credits_nanos, :quantity_nanos, :units
);
