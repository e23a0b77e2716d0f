-- One row per organization and pair of files, an ungrouped and a grouped one, on whose days the projects
-- cost more than the organization.
with mismatches as (
    select
        organization_key,
        currency,
        snapshot_id,
        project_snapshot_id,
        min(day) as from_day,
        max(day) as until_day,
        count(*) as day_count,
        sum(total) as total,
        sum(projects_total) as projects_total
    from temp.cost_rest
    where not is_alone and total < projects_total and not is_outdated
    group by organization_key, currency, snapshot_id, project_snapshot_id
)

select
    mismatches.organization_key,
    null as project_key,
    null as project_id,
    mismatches.currency,
    mismatches.from_day,
    mismatches.until_day,
    mismatches.day_count,
    mismatches.total as before_nanos,
    mismatches.projects_total as after_nanos,
    mismatches.projects_total - mismatches.total as amount_nanos,
    ungrouped.name as before_name,
    ungrouped.sha256 as before_sha256,
    grouped.name as after_name,
    grouped.sha256 as after_sha256,
    ungrouped.file_id
from mismatches
inner join organization using (organization_key)
inner join temp.ranked_snapshot as ungrouped_snapshot
    on ungrouped_snapshot.snapshot_id = mismatches.snapshot_id
inner join file as ungrouped on ungrouped.file_id = ungrouped_snapshot.file_id
inner join temp.ranked_snapshot as grouped_snapshot
    on grouped_snapshot.snapshot_id = mismatches.project_snapshot_id
inner join file as grouped on grouped.file_id = grouped_snapshot.file_id
order by
    organization.organization_id,
    mismatches.from_day,
    ungrouped.sha256,
    grouped.sha256,
    mismatches.currency;
