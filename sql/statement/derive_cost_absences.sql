-- One row per organization, project and pair of files of which the newer covers days of the older but
-- does not mention its project there.
--
-- That a winner's day lies in a snapshot that ranks above it says it all: had
-- that one mentioned the project, it would have won. Among snapshots of one
-- rank the file must be looked at, and one that shares no project with the
-- winner's is another part of the organization, not a later word on it:
-- shared_ranks and siblings find the snapshots of one rank that name a project in common.
with shared_ranks as (
    select distinct
        partition.project_key,
        ranked_snapshot.snapshot_id,
        ranked_snapshot.organization_key,
        ranked_snapshot.rank_number
    from (
        select distinct snapshot_id from temp.cost_cover
        where cover_count > 1
    ) as covers
    inner join temp.ranked_snapshot using (snapshot_id)
    inner join partition using (snapshot_id)
    where partition.project_key is not null
),

siblings as (
    select distinct
        one.snapshot_id,
        other.snapshot_id as sibling_id
    from shared_ranks as one
    inner join shared_ranks as other
        using (organization_key, rank_number, project_key)
    where one.snapshot_id <> other.snapshot_id
),

absent_days as (
    select
        cost_choice.organization_key,
        cost_choice.slot,
        cost_choice.day,
        cost_choice.currency,
        cost_choice.total,
        cost_choice.snapshot_id,
        cost_cover.snapshot_id as later_snapshot_id,
        row_number() over (
            partition by
                cost_choice.organization_key,
                cost_choice.slot,
                cost_choice.day,
                cost_choice.currency
            order by cost_cover.file_rank desc
        ) as place
    from temp.cost_choice
    cross join temp.cost_cover
        on
            cost_cover.organization_key = cost_choice.organization_key
            and cost_cover.day = cost_choice.day
    where
        cost_choice.slot >= 0
        and cost_choice.total <> 0
        and (
            cost_cover.rank_number > cost_choice.rank_number
            or (
                cost_cover.cover_count > 1
                and cost_cover.snapshot_id <> cost_choice.snapshot_id
                and not exists (
                    select 1 from temp.cost_candidate as mention
                    where
                        mention.organization_key = cost_choice.organization_key
                        and mention.slot = cost_choice.slot
                        and mention.day = cost_choice.day
                        and mention.currency = cost_choice.currency
                        and mention.snapshot_id = cost_cover.snapshot_id
                )
                and (cost_choice.snapshot_id, cost_cover.snapshot_id) in (
                    select
                        snapshot_id,
                        sibling_id
                    from siblings
                )
            )
        )
),

absences as (
    select
        organization_key,
        nullif(slot, 0) as project_key,
        currency,
        snapshot_id,
        later_snapshot_id,
        min(day) as from_day,
        max(day) as until_day,
        count(*) as day_count,
        sum(total) as total
    from absent_days
    where place = 1
    group by organization_key, slot, currency, snapshot_id, later_snapshot_id
)

select
    absences.organization_key,
    absences.project_key,
    project.project_id,
    absences.currency,
    absences.from_day,
    absences.until_day,
    absences.day_count,
    absences.total as before_nanos,
    0 as after_nanos,
    abs(absences.total) as amount_nanos,
    older.name as before_name,
    older.sha256 as before_sha256,
    newer.name as after_name,
    newer.sha256 as after_sha256,
    older.file_id
from absences
inner join organization using (organization_key)
left join project using (project_key)
inner join temp.ranked_snapshot as older_snapshot
    on older_snapshot.snapshot_id = absences.snapshot_id
inner join file as older on older.file_id = older_snapshot.file_id
inner join temp.ranked_snapshot as newer_snapshot
    on newer_snapshot.snapshot_id = absences.later_snapshot_id
inner join file as newer on newer.file_id = newer_snapshot.file_id
order by
    organization.organization_id,
    coalesce(project.project_id, ''),
    absences.from_day,
    older.sha256,
    newer.sha256,
    absences.currency;
