-- One row per organization and UTC day up to the last with cost of any: what the day is compared with later.
--
-- grain    organization_id, day
-- reads    dim_days, organization, coverage, cost_day
-- read by  reports/spend and its grains
--
-- Spend of a day is the prior spend of the next month, week and day. is_covered is 1 when the organization's cost is known
-- on the day, next_…_is_covered when it is on the later day.
create view fct_compared_days as
with known_days as (
    select until_day as day
    from coverage
    union all
    select day
    from cost_day
),

days as (
    select *
    from dim_days
    where day <= (select max(day) from known_days)
),

organizations as (
    select * from organization
),

runs as (
    select * from coverage
)

select
    organizations.organization_key,
    organizations.organization_id,
    days.day,
    days.month,
    days.next_month,
    days.next_month_on,
    days.next_week,
    days.next_week_on,
    days.next_on,
    case when known.from_day is null then 0 else 1 end as is_covered,
    case when month_later.from_day is null then 0 else 1 end as next_month_is_covered,
    case when week_later.from_day is null then 0 else 1 end as next_week_is_covered,
    case when day_later.from_day is null then 0 else 1 end as next_day_is_covered
from organizations
cross join days
left join runs as known
    on
        known.organization_key = organizations.organization_key
        and days.day between known.from_day and known.until_day
left join runs as month_later
    on
        month_later.organization_key = organizations.organization_key
        and days.next_month_on between month_later.from_day and month_later.until_day
left join runs as week_later
    on
        week_later.organization_key = organizations.organization_key
        and days.next_week_on between week_later.from_day and week_later.until_day
left join runs as day_later
    on
        day_later.organization_key = organizations.organization_key
        and days.next_on between day_later.from_day and day_later.until_day;
