-- One row per budget that counts and UTC day of it on which its owner has a cost.
--
-- grain    file_id, line, day
-- reads    int_budget_owners, cost_day
-- read by  int_budgets, statement/wallet_budget_days
--
-- Cost is at list price, provisional days included.
create view int_budget_costs as
with owners as (
    select * from int_budget_owners
),

costs as (
    select
        owners.file_id,
        owners.line,
        cost_day.day,
        cost_day.cost_nanos
    from owners
    inner join cost_day
        on
            owners.organization_key = cost_day.organization_key
            and owners.project_key = cost_day.project_key
            and owners.currency = cost_day.currency
            and cost_day.day >= owners.from_on
            and cost_day.day <= owners.until_on
    where owners.project_key is not null

    union all

    select
        owners.file_id,
        owners.line,
        cost_day.day,
        cost_day.cost_nanos
    from owners
    inner join cost_day
        on
            owners.organization_key = cost_day.organization_key
            and owners.currency = cost_day.currency
            and cost_day.day >= owners.from_on
            and cost_day.day <= owners.until_on
    where owners.project_key is null
)

select
    file_id,
    line,
    day,
    sum(cost_nanos) as cost_nanos
from costs
group by file_id, line, day;
