-- Days with usage that no cost export covers: their value, by project. A day of usage whose organization
-- is not known is covered when any organization's export covers it: it may be that one's.
insert into estimate_day (
    organization_key, project_key, day, currency, value_nanos, unpriced_count
)
select
    usage_value.organization_key,
    usage_value.project_key,
    usage_value.day,
    'USD' as currency,
    sum(usage_value.value_nanos) as value_nanos,
    sum(case when usage_value.value_nanos is null then 1 else 0 end) as unpriced_count
from usage_value
where not exists (
    select 1
    from coverage
    where
        usage_value.day between coverage.from_day and coverage.until_day
        and coverage.organization_key
        = coalesce(usage_value.organization_key, coverage.organization_key)
)
and not exists (
    select 1
    from cost_day
    where
        cost_day.day = usage_value.day
        and cost_day.organization_key = usage_value.organization_key
)
group by usage_value.organization_key, usage_value.project_key, usage_value.day
order by usage_value.organization_key, usage_value.project_key, usage_value.day;
