-- cost_day: the projects' choices, and an organization's rest merged into its row without project.
insert into cost_day
with projects as (
    select
        cost_choice.*,
        ranked_snapshot.file_id,
        cost_choice.day >= ranked_snapshot.provisional_from as is_provisional
    from temp.cost_choice
    inner join temp.ranked_snapshot using (snapshot_id)
    where
        cost_choice.slot >= 0
        and (cost_choice.total <> 0 or cost_choice.had_cost)
),

rests as (
    select
        cost_rest.*,
        0 as slot,
        ranked_snapshot.file_id,
        cost_rest.day >= ranked_snapshot.provisional_from as is_provisional
    from temp.cost_rest
    inner join temp.ranked_snapshot using (snapshot_id)
    where cost_rest.is_row
),

-- The rest is a difference: only its projectless part has a split.
shared_rests as (
    select
        rests.organization_key,
        rests.day,
        rests.currency,
        rests.total - rests.projects_total
        + coalesce(projects.total, 0) as cost_nanos,
        max(
            rests.is_provisional, coalesce(projects.is_provisional, 0)
        ) as is_provisional,
        projects.split_partition_id,
        rests.file_id
    from rests
    left join projects using (organization_key, slot, day, currency)
    where not rests.is_alone
)

select
    organization_key,
    nullif(slot, 0) as project_key,
    day,
    currency,
    total as cost_nanos,
    is_provisional,
    partition_id as total_partition_id,
    case when partition_id is not null then split_partition_id end
        as split_partition_id,
    file_id as source_file_id
from projects
where
    slot > 0
    or not exists (
        select 1 from temp.cost_rest
        where
            cost_rest.organization_key = projects.organization_key
            and cost_rest.day = projects.day
            and cost_rest.currency = projects.currency
            and cost_rest.is_row
    )
union all
select
    organization_key,
    null as project_key,
    day,
    currency,
    cost_nanos,
    is_provisional,
    null as total_partition_id,
    split_partition_id,
    file_id as source_file_id
from shared_rests
union all
select
    organization_key,
    null as project_key,
    day,
    currency,
    total as cost_nanos,
    is_provisional,
    partition_id as total_partition_id,
    case when partition_id is not null then split_partition_id end
        as split_partition_id,
    file_id as source_file_id
from rests
where is_alone;
