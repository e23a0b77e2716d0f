-- One row per budget of an organization or a project: what was spent of it, and when it was exceeded.
--
-- grain    organization_id, project_id, from_on, until_on, currency
-- reads    int_budgets, organization, project, file
-- read by  reports/budgets
create view fct_budgets as
select
    organization.organization_id,
    project.project_id,
    project.name as project_name,
    int_budgets.from_on,
    int_budgets.until_on,
    substr(int_budgets.from_on, 1, 7) as month,
    int_budgets.amount_nanos,
    int_budgets.spent_nanos,
    int_budgets.amount_nanos - int_budgets.spent_nanos as remaining_nanos,
    int_budgets.exceeded_on,
    int_budgets.currency,
    file.name as source,
    int_budgets.line
from int_budgets
inner join file on int_budgets.file_id = file.file_id
left join organization on int_budgets.organization_key = organization.organization_key
left join project on int_budgets.project_key = project.project_key;
