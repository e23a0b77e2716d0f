-- One row per budget that is exceeded; a project's budget in any organization has the project's.
select
    coalesce(int_budgets.organization_key, project_fact.organization_key) as organization_key,
    int_budgets.project_key,
    organization.organization_id,
    project.project_id,
    int_budgets.from_on,
    int_budgets.until_on,
    int_budgets.amount_nanos,
    int_budgets.spent_nanos,
    int_budgets.exceeded_on,
    int_budgets.currency,
    int_budgets.file_id,
    int_budgets.line,
    file.name || ':' || int_budgets.line as reference,
    budget_pace.mean_daily_nanos,
    budget_pace.mean_day_count,
    budget_pace.forecast_nanos
from int_budgets
inner join file on int_budgets.file_id = file.file_id
inner join budget_pace
    on int_budgets.file_id = budget_pace.file_id and int_budgets.line = budget_pace.line
left join organization on int_budgets.organization_key = organization.organization_key
left join project on int_budgets.project_key = project.project_key
left join project_fact on int_budgets.project_key = project_fact.project_key
where int_budgets.exceeded_on is not null
order by
    organization.organization_id,
    project.project_id,
    int_budgets.from_on,
    int_budgets.until_on,
    int_budgets.currency;
