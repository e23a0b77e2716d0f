-- One row per line of the organizations table that counts: each organization's lines in the newest file.
--
-- grain    organization_key, line
-- reads    organization_row, stg_file_ranks
-- read by  statement/derive_organization_facts, statement/derive_invoiced_days
create view stg_organization_rows as
with ranked as (
    select
        organization_row.*,
        dense_rank() over (
            partition by organization_row.organization_key
            order by stg_file_ranks.newness desc
        ) as file_position
    from organization_row
    inner join stg_file_ranks on organization_row.file_id = stg_file_ranks.file_id
)

select
    organization_key,
    line,
    billing_mode,
    from_on,
    until_on,
    materiality_nanos,
    materiality_ppm,
    tax
from ranked
where file_position = 1;
