-- restatement: each change between candidates that follow each other in rank, and an ungrouped total
-- that newer projects have outgrown. What lacks rejected records restates nothing.
insert into restatement
with steps as (
    select
        cost_candidate.*,
        lag(cost_candidate.total) over rank_order as before_total,
        lag(cost_candidate.snapshot_id) over rank_order as before_snapshot_id
    from temp.cost_contested
    inner join temp.cost_candidate
        using (organization_key, slot, day, currency)
    where cost_candidate.is_complete
    window rank_order as (
        partition by
            cost_candidate.organization_key,
            cost_candidate.slot,
            cost_candidate.day,
            cost_candidate.currency
        order by
            cost_candidate.rank_number,
            cost_candidate.total,
            cost_candidate.file_rank,
            cost_candidate.snapshot_id
    )
),

changes as (
    select * from steps
    where before_total <> total
)

select
    changes.organization_key,
    case when changes.slot > 0 then changes.slot end as project_key,
    changes.day,
    changes.currency,
    changes.before_total as before_nanos,
    changes.total as after_nanos,
    older.file_id as before_file_id,
    newer.file_id as after_file_id,
    older.rank_number = newer.rank_number
    or (
        changes.day < older.settling_from
        and changes.day < newer.settling_from
        and not newer.rank_stated
    ) as is_conflict
from changes
inner join temp.ranked_snapshot as newer
    on newer.snapshot_id = changes.snapshot_id
inner join temp.ranked_snapshot as older
    on older.snapshot_id = changes.before_snapshot_id
union all
select
    cost_rest.organization_key,
    null as project_key,
    cost_rest.day,
    cost_rest.currency,
    cost_rest.total as before_nanos,
    cost_rest.projects_total as after_nanos,
    older.file_id as before_file_id,
    newer.file_id as after_file_id,
    0 as is_conflict
from temp.cost_rest
inner join temp.ranked_snapshot as older
    on older.snapshot_id = cost_rest.snapshot_id
inner join temp.ranked_snapshot as newer
    on newer.snapshot_id = cost_rest.project_snapshot_id
where cost_rest.is_outdated;
