-- One row per budget that counts: of each organization, project, span and currency the newest file's.
--
-- grain    organization_key, project_key, from_on, until_on, currency
-- reads    budget_row, stg_file_ranks
-- read by  int_budget_owners, int_budgets
create view stg_budget_rows as
with ranked as (
    select
        budget_row.*,
        row_number() over (
            partition by
                budget_row.organization_key,
                budget_row.project_key,
                budget_row.from_on,
                budget_row.until_on,
                budget_row.currency
            order by stg_file_ranks.newness desc, budget_row.line desc
        ) as position
    from budget_row
    inner join stg_file_ranks on budget_row.file_id = stg_file_ranks.file_id
)

select
    file_id,
    line,
    organization_key,
    project_key,
    from_on,
    until_on,
    amount_nanos,
    currency
from ranked
where position = 1;
