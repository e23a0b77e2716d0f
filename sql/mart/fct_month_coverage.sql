-- One row per organization and month since its first fact: how far cost covers its days.
--
-- grain    organization_id, month
-- reads    organization_fact, organization, calendar, coverage, cost_day
-- read by  reports/coverage, the close room
--
-- Months go to the last one in which anything of the ledger is covered. day_count counts the month's
-- days from the organization's first fact on; covered_until is the last covered day of the month, null
-- when none is; is_complete is 1 when every day to the month's end is covered. provisional_count
-- counts days whose cost may still change.
create view fct_month_coverage as
with spans as (
    select
        organization_fact.organization_key,
        organization.organization_id,
        organization_fact.first_on,
        (select max(cost_until) from organization_fact) as last_on
    from organization_fact
    inner join organization
        on organization_fact.organization_key = organization.organization_key
    where organization_fact.first_on is not null
),

days as (
    select
        spans.organization_key,
        spans.organization_id,
        calendar.day,
        calendar.month
    from spans
    inner join calendar
        on spans.first_on <= calendar.day
        and calendar.month <= substr(spans.last_on, 1, 7)
),

covered as (
    select distinct
        coverage.organization_key,
        calendar.day
    from coverage
    inner join calendar
        on coverage.from_day <= calendar.day
        and coverage.until_day >= calendar.day
),

provisional as (
    select distinct
        organization_key,
        day
    from cost_day
    where is_provisional = 1
)

select
    days.organization_id,
    days.month,
    min(days.day) as from_on,
    max(days.day) as until_on,
    count(*) as day_count,
    count(covered.day) as covered_count,
    count(*) - count(covered.day) as missing_count,
    max(covered.day) as covered_until,
    count(provisional.day) as provisional_count,
    min(provisional.day) as provisional_from,
    case when count(*) = count(covered.day) then 1 else 0 end as is_complete
from days
left join covered
    on days.organization_key = covered.organization_key
    and days.day = covered.day
left join provisional
    on days.organization_key = provisional.organization_key
    and days.day = provisional.day
group by days.organization_id, days.month;
