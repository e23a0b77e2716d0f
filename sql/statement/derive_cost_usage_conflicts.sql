-- One row per project and pair of usage exports of one rank that count differently on the same days.
with conflicts as (
    select
        winners.kind,
        winners.organization_key,
        winners.slot,
        winners.snapshot_id,
        losers.snapshot_id as other_snapshot_id,
        min(winners.day) as from_day,
        max(winners.day) as until_day,
        count(*) as day_count,
        sum(winners.tokens) as tokens,
        sum(losers.tokens) as other_tokens
    from temp.usage_candidate as winners
    inner join temp.usage_candidate as losers
        using (
            kind, organization_key, slot, day, is_complete, rank_number
        )
    where
        winners.place = 1
        and losers.place = 2
        and winners.is_complete
        and winners.tokens <> losers.tokens
    group by
        winners.kind,
        winners.organization_key,
        winners.slot,
        winners.snapshot_id,
        losers.snapshot_id
)

select
    coalesce(
        project_fact.organization_key, counted_snapshot.organization_key
    ) as organization_key,
    case when conflicts.slot > 0 then conflicts.slot end as project_key,
    project.project_id,
    '' as currency,
    conflicts.from_day,
    conflicts.until_day,
    conflicts.day_count,
    conflicts.other_tokens as before_nanos,
    conflicts.tokens as after_nanos,
    0 as amount_nanos,
    other.name as before_name,
    other.sha256 as before_sha256,
    counted.name as after_name,
    counted.sha256 as after_sha256,
    counted.file_id,
    0 as is_conflict,
    conflicts.kind
from conflicts
left join project on project.project_key = conflicts.slot
left join project_fact on project_fact.project_key = conflicts.slot
inner join temp.ranked_snapshot as counted_snapshot
    on counted_snapshot.snapshot_id = conflicts.snapshot_id
inner join file as counted on counted.file_id = counted_snapshot.file_id
inner join temp.ranked_snapshot as other_snapshot
    on other_snapshot.snapshot_id = conflicts.other_snapshot_id
inner join file as other on other.file_id = other_snapshot.file_id
order by
    coalesce(project.project_id, ''),
    conflicts.kind,
    conflicts.from_day,
    counted.sha256,
    other.sha256;
