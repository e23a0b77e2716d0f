-- One row per organization that has a name: the organizations table's, else the newest export's.
--
-- grain    organization_id
-- reads    organization_row, name_seen, stg_file_ranks
-- read by  statement/derive_names
create view stg_organization_names as
with file_ranks as (
    select * from stg_file_ranks
),

stated as (
    select
        organization.organization_id,
        organization_row.name,
        1 as is_table,
        file_ranks.newness,
        organization_row.line
    from organization_row
    join organization on organization.organization_key = organization_row.organization_key
    join file_ranks on file_ranks.file_id = organization_row.file_id
    where organization_row.name <> ''
    union all
    select
        name_seen.external_id,
        name_seen.name,
        0,
        file_ranks.newness,
        0
    from name_seen
    join file_ranks on file_ranks.file_id = name_seen.file_id
    where name_seen.kind = 'organization' and name_seen.name <> ''
),

ranked as (
    select
        organization_id,
        name,
        row_number() over (
            partition by organization_id
            order by is_table desc, newness desc, line desc, name desc
        ) as position
    from stated
)

select organization_id, name
from ranked
where position = 1;
