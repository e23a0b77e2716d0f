-- One row per run of days that no cost export of the organization covers, though exports before and
-- after it do (both bounds stand), or usage was seen (a bound may be null).
with usage_days as (
    select distinct
        organization_key,
        day
    from usage_day
    where organization_key is not null
),

uncovered as (
    select
        usage_days.organization_key,
        usage_days.day,
        max(
            case
                when coverage.until_day < usage_days.day
                    then coverage.until_day
            end
        ) as previous_until,
        min(
            case
                when coverage.from_day > usage_days.day then coverage.from_day
            end
        ) as next_from
    from usage_days
    left join coverage
        on coverage.organization_key = usage_days.organization_key
    group by usage_days.organization_key, usage_days.day
    having
        coalesce(
            sum(
                usage_days.day between coverage.from_day and coverage.until_day
            ),
            0
        ) = 0
),

used_runs as (
    select
        organization_key,
        previous_until,
        next_from,
        min(day) as first_day,
        max(day) as last_day,
        count(*) as day_count
    from uncovered
    group by organization_key, previous_until, next_from
),

neighbours as (
    select
        organization_key,
        until_day as previous_until,
        lead(from_day) over (
            partition by organization_key order by from_day
        ) as next_from
    from coverage
),

gaps as (
    select
        neighbours.organization_key,
        neighbours.previous_until,
        neighbours.next_from,
        used_runs.first_day,
        used_runs.last_day,
        coalesce(used_runs.day_count, 0) as day_count
    from neighbours
    left join used_runs
        using (organization_key, previous_until, next_from)
    where neighbours.next_from is not null
    union all
    select
        organization_key,
        previous_until,
        next_from,
        first_day,
        last_day,
        day_count
    from used_runs
    where previous_until is null or next_from is null
)

select
    gaps.organization_key,
    gaps.previous_until,
    gaps.next_from,
    gaps.first_day,
    gaps.last_day,
    gaps.day_count
from gaps
inner join organization using (organization_key)
order by
    organization.organization_id,
    coalesce(gaps.previous_until, ''),
    gaps.first_day;
