-- One row per budget that counts and day of it that cost exports of its organization cover; one row without a day where none is.
--
-- A project's budget in any organization goes by the days of all that it is in.
with owners as (
    select * from int_budget_owners
),

last_days as (
    select
        owners.file_id,
        owners.line,
        max(coverage.until_day) as day
    from owners
    inner join coverage on owners.organization_key = coverage.organization_key
    group by owners.file_id, owners.line
),

provisional_days as (
    select distinct
        organization_key,
        day
    from cost_day
    where is_provisional = 1
),

days as (
    select
        owners.file_id,
        owners.line,
        calendar.day,
        max(case when provisional_days.day is null then 0 else 1 end) as is_provisional
    from owners
    inner join coverage on owners.organization_key = coverage.organization_key
    inner join calendar
        on
            calendar.day >= coverage.from_day
            and calendar.day <= coverage.until_day
            and calendar.day >= owners.from_on
            and calendar.day <= owners.until_on
    left join provisional_days
        on
            owners.organization_key = provisional_days.organization_key
            and calendar.day = provisional_days.day
    group by owners.file_id, owners.line, calendar.day
)

select
    int_budgets.file_id,
    int_budgets.line,
    int_budgets.from_on,
    int_budgets.until_on,
    int_budgets.amount_nanos,
    int_budgets.spent_nanos,
    int_budgets.exceeded_on,
    last_days.day as as_of_on,
    days.day,
    days.is_provisional,
    coalesce(int_budget_costs.cost_nanos, 0) as cost_nanos
from int_budgets
left join last_days
    on int_budgets.file_id = last_days.file_id and int_budgets.line = last_days.line
left join days
    on int_budgets.file_id = days.file_id and int_budgets.line = days.line
left join int_budget_costs
    on
        days.file_id = int_budget_costs.file_id
        and days.line = int_budget_costs.line
        and days.day = int_budget_costs.day
order by int_budgets.file_id, int_budgets.line, days.day;
