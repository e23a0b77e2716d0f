-- One row per budget that counts and UTC day of it on which its owner has a cost.
--
-- grain    file_id, line, day
-- reads    stg_budget_rows, cost_day
-- read by  int_budgets, statement/wallet_budget_days
--
-- Cost is at list price, provisional days included.
create view int_budget_costs as
select
    budgets.file_id,
    budgets.line,
    cost_day.day,
    sum(cost_day.cost_nanos) as cost_nanos
from stg_budget_rows as budgets
inner join cost_day
    on
        budgets.currency = cost_day.currency
        and cost_day.day >= budgets.from_on
        and cost_day.day <= coalesce(budgets.until_on, '9999-12-31')
        and cost_day.organization_key
        = coalesce(budgets.organization_key, cost_day.organization_key)
        and coalesce(cost_day.project_key, 0)
        = coalesce(budgets.project_key, cost_day.project_key, 0)
group by budgets.file_id, budgets.line, cost_day.day;
