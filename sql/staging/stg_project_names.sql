-- One row per project that has a name: the newest export's.
--
-- grain    project_id
-- reads    name_seen, stg_file_ranks
-- read by  statement/derive_names
create view stg_project_names as
with ranked as (
    select
        name_seen.external_id as project_id,
        name_seen.name,
        row_number() over (
            partition by name_seen.external_id
            order by stg_file_ranks.newness desc, name_seen.name desc
        ) as position
    from name_seen
    join stg_file_ranks on stg_file_ranks.file_id = name_seen.file_id
    where name_seen.kind = 'project' and name_seen.name <> ''
)

select project_id, name
from ranked
where position = 1;
