-- One row per project that a projects table names: its row in the newest file.
--
-- grain    project_key
-- reads    project_row, stg_file_ranks
-- read by  statement/derive_project_facts
create view stg_project_rows as
with ranked as (
    select
        project_row.project_key,
        project_row.organization_key,
        project_row.class,
        project_row.owner,
        project_row.purpose,
        project_row.cost_center,
        row_number() over (
            partition by project_row.project_key
            order by stg_file_ranks.newness desc, project_row.line desc
        ) as position
    from project_row
    join stg_file_ranks on stg_file_ranks.file_id = project_row.file_id
)

select project_key, organization_key, class, owner, purpose, cost_center
from ranked
where position = 1;
