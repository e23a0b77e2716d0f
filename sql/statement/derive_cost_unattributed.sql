-- One row per organization and month: what only ungrouped exports tell, and the newest of those.
with rests as (
    select
        cost_rest.organization_key,
        cost_rest.currency,
        substr(cost_rest.day, 1, 7) as month,
        cost_rest.day,
        case
            when cost_rest.is_alone then cost_rest.total
            else cost_rest.total - cost_rest.projects_total
        end as rest_nanos,
        ranked_snapshot.rank_code
    from temp.cost_rest
    inner join temp.ranked_snapshot using (snapshot_id)
    where cost_rest.is_row
),

months as (
    select
        organization_key,
        currency,
        month,
        min(day) as from_day,
        max(day) as until_day,
        count(*) as day_count,
        sum(rest_nanos) as rest_nanos,
        max(rank_code) as rank_code
    from rests
    where rest_nanos <> 0
    group by organization_key, currency, month
)

select
    months.organization_key,
    null as project_key,
    null as project_id,
    months.currency,
    months.from_day,
    months.until_day,
    months.day_count,
    months.rest_nanos as before_nanos,
    months.rest_nanos as after_nanos,
    abs(months.rest_nanos) as amount_nanos,
    file.name as before_name,
    file.sha256 as before_sha256,
    file.name as after_name,
    file.sha256 as after_sha256,
    file.file_id
from months
inner join organization using (organization_key)
inner join temp.ranked_snapshot
    on
        ranked_snapshot.kind = 'cost'
        and ranked_snapshot.organization_key = months.organization_key
        and ranked_snapshot.rank_code = months.rank_code
inner join file using (file_id)
order by organization.organization_id, months.month, months.currency;
