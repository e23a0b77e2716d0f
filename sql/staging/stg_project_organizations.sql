-- One row per project that an export shows under an organization: the one it was last seen under.
--
-- grain    project_key
-- reads    partition, snapshot, organization
-- read by  statement/derive_project_facts
--
-- A usage export names no organization; --org's is believed only where no cost export knows better.
create view stg_project_organizations as
with seen as (
    select
        partition.project_key,
        snapshot.organization_key,
        max(case when snapshot.kind = 'cost' then 1 else 0 end) as is_cost,
        max(case when snapshot.kind = 'cost' then partition.day else '' end) as last_cost_day,
        max(partition.day) as last_day
    from partition
    join snapshot on snapshot.snapshot_id = partition.snapshot_id
    where partition.project_key is not null and snapshot.organization_key is not null
    group by partition.project_key, snapshot.organization_key
),

ranked as (
    select
        seen.project_key,
        seen.organization_key,
        row_number() over (
            partition by seen.project_key
            order by
                seen.is_cost desc,
                seen.last_cost_day desc,
                seen.last_day desc,
                organization.organization_id
        ) as position
    from seen
    join organization on organization.organization_key = seen.organization_key
)

select project_key, organization_key
from ranked
where position = 1;
