-- Keeps one row of the table of budgets.
insert into budget_row (
    file_id, line, organization_key, project_key, from_on, until_on, amount_nanos, currency
)
values (
    :file_id, :line, :organization_key, :project_key, :from_on, :until_on, :amount_nanos, :currency
);
