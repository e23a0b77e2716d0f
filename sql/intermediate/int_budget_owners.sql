-- One row per budget that counts and organization whose cost it is about.
--
-- grain    file_id, line, organization_key
-- reads    stg_budget_rows, cost_day, project_fact
-- read by  int_budget_costs, statement/wallet_budget_days
--
-- A project's budget in any organization is about all that the project is in. project_key is null
-- where the budget is the organization's as a whole.
create view int_budget_owners as
with budgets as (
    select * from stg_budget_rows
),

projects as (
    select
        project_key,
        organization_key
    from cost_day
    where project_key in (select project_key from budgets where organization_key is null)

    union

    select
        project_key,
        organization_key
    from project_fact
    where
        organization_key is not null
        and project_key in (select project_key from budgets where organization_key is null)
)

select
    file_id,
    line,
    organization_key,
    project_key,
    from_on,
    coalesce(until_on, '9999-12-31') as until_on,
    currency
from budgets
where organization_key is not null

union all

select
    budgets.file_id,
    budgets.line,
    projects.organization_key,
    budgets.project_key,
    budgets.from_on,
    coalesce(budgets.until_on, '9999-12-31') as until_on,
    budgets.currency
from budgets
inner join projects on budgets.project_key = projects.project_key
where budgets.organization_key is null;
