-- One row per budget of an organization or a project: what was spent of it, when it was exceeded, and where it is going.
--
-- grain    organization_id, project_id, from_on, until_on, currency
-- reads    int_budgets, budget_pace, organization, project, file
-- read by  reports/budgets
--
-- Of a budget none of whose days cost covers nothing is known to be spent: that is null, not zero.
create view fct_budgets as
select
    organization.organization_id,
    project.project_id,
    project.name as project_name,
    int_budgets.from_on,
    int_budgets.until_on,
    substr(int_budgets.from_on, 1, 7) as month,
    int_budgets.amount_nanos,
    case
        when budget_pace.covered_day_count = 0 and int_budgets.spent_nanos = 0 then null
        else int_budgets.spent_nanos
    end as spent_nanos,
    case
        when budget_pace.covered_day_count = 0 and int_budgets.spent_nanos = 0 then null
        else int_budgets.amount_nanos - int_budgets.spent_nanos
    end as remaining_nanos,
    int_budgets.exceeded_on,
    int_budgets.currency,
    file.name as source,
    int_budgets.line,
    budget_pace.as_of_on,
    budget_pace.complete_day_count,
    budget_pace.day_count,
    case when budget_pace.complete_day_count > 0 then budget_pace.settled_nanos end as settled_nanos,
    case when budget_pace.complete_day_count > 0 then budget_pace.even_nanos end as even_nanos,
    case
        when budget_pace.complete_day_count > 0
            then budget_pace.settled_nanos - budget_pace.even_nanos
    end as ahead_nanos,
    budget_pace.mean_daily_nanos,
    budget_pace.mean_day_count,
    budget_pace.forecast_nanos,
    budget_pace.exceeds_on,
    budget_pace.state
from int_budgets
inner join file on int_budgets.file_id = file.file_id
left join budget_pace
    on int_budgets.file_id = budget_pace.file_id and int_budgets.line = budget_pace.line
left join organization on int_budgets.organization_key = organization.organization_key
left join project on int_budgets.project_key = project.project_key;
