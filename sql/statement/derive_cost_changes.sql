-- One row per organization, project and pair of files whose totals of the same days differ: restatements,
-- and conflicts on their own.
with changes as (
    select
        organization_key,
        project_key,
        currency,
        is_conflict,
        before_file_id,
        after_file_id,
        min(day) as from_day,
        max(day) as until_day,
        count(*) as day_count,
        sum(before_nanos) as before_nanos,
        sum(after_nanos) as after_nanos,
        sum(max(before_nanos, after_nanos)) as larger_nanos,
        sum(min(before_nanos, after_nanos)) as smaller_nanos
    from restatement
    group by
        organization_key,
        project_key,
        currency,
        is_conflict,
        before_file_id,
        after_file_id
)

select
    changes.organization_key,
    changes.project_key,
    project.project_id,
    changes.currency,
    changes.from_day,
    changes.until_day,
    changes.day_count,
    changes.before_nanos,
    changes.after_nanos,
    case
        when changes.is_conflict
            then changes.larger_nanos - changes.smaller_nanos
        else abs(changes.after_nanos - changes.before_nanos)
    end as amount_nanos,
    older.name as before_name,
    older.sha256 as before_sha256,
    newer.name as after_name,
    newer.sha256 as after_sha256,
    newer.file_id,
    changes.is_conflict
from changes
inner join organization using (organization_key)
left join project using (project_key)
inner join file as older on older.file_id = changes.before_file_id
inner join file as newer on newer.file_id = changes.after_file_id
order by
    changes.is_conflict desc,
    organization.organization_id,
    coalesce(project.project_id, ''),
    changes.from_day,
    older.sha256,
    newer.sha256,
    changes.currency;
