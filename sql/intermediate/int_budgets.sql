-- One row per budget that counts: what was spent of it, and since when it is exceeded.
--
-- grain    file_id, line
-- reads    stg_budget_rows, int_budget_costs
-- read by  fct_budgets, statement/wallet_budget_days, statement/wallet_exceeded_budgets
--
-- Spent is cost at list price, provisional days included. A budget is exceeded
-- from the first day after which the sum so far is above it, and only if it
-- still is at the end: a day that gives back may bring it down again.
create view int_budgets as
with running as (
    select
        file_id,
        line,
        day,
        cost_nanos,
        sum(cost_nanos) over (partition by file_id, line order by day) as spent_nanos
    from int_budget_costs
),

spent as (
    select
        running.file_id,
        running.line,
        sum(running.cost_nanos) as spent_nanos,
        min(
            case when running.spent_nanos > budgets.amount_nanos then running.day end
        ) as exceeded_on
    from running
    inner join stg_budget_rows as budgets
        on running.file_id = budgets.file_id and running.line = budgets.line
    group by running.file_id, running.line
)

select
    budgets.file_id,
    budgets.line,
    budgets.organization_key,
    budgets.project_key,
    budgets.from_on,
    budgets.until_on,
    budgets.amount_nanos,
    coalesce(spent.spent_nanos, 0) as spent_nanos,
    case when spent.spent_nanos > budgets.amount_nanos then spent.exceeded_on end as exceeded_on,
    budgets.currency
from stg_budget_rows as budgets
left join spent on budgets.file_id = spent.file_id and budgets.line = spent.line;
