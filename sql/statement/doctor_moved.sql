-- One row per project that stood still, though it was used nearly every day, and project that began about
-- when it stopped: what both used. Those of its own organization first, then the one that used most.
--
-- Nearly every day: on 26 of the 28 days up to its last, or on 14 and at rest for more than a week now. About
-- then: from three days before its last to four after. At rest for three days at least, as far as its own
-- organization's cost reaches; or for more than a week, as far as the other's does.
with uses as (
    select
        cost_day.organization_key,
        cost_day.project_key,
        cost_day.currency,
        cost_day.cost_nanos,
        calendar.day,
        calendar.day_number
    from cost_day
    inner join calendar on cost_day.day = calendar.day
    where cost_day.project_key is not null and cost_day.cost_nanos > 0
),

reaches as (
    select
        organization_key,
        max(day_number) as last_number
    from uses
    group by organization_key
),

spans as (
    select
        organization_key,
        project_key,
        currency,
        min(day_number) as first_number,
        min(day) as first_on,
        max(day_number) as last_number,
        max(day) as last_on,
        sum(cost_nanos) as cost_nanos,
        count(*) as day_count
    from uses
    group by organization_key, project_key, currency
),

silent as (
    select
        spans.organization_key,
        spans.project_key,
        spans.currency,
        spans.last_number,
        spans.last_on,
        reaches.last_number as reached_number,
        sum(uses.cost_nanos) as cost_nanos,
        count(*) as day_count
    from spans
    inner join reaches on spans.organization_key = reaches.organization_key
    inner join uses
        on
            spans.organization_key = uses.organization_key
            and spans.project_key = uses.project_key
            and spans.currency = uses.currency
            and uses.day_number > spans.last_number - 28
    where reaches.last_number - spans.last_number <= 35
    group by
        spans.organization_key,
        spans.project_key,
        spans.currency,
        spans.last_number,
        spans.last_on,
        reaches.last_number
    having count(*) >= 14
),

pairs as (
    select
        silent.organization_key,
        silent.project_key,
        silent.currency,
        silent.last_on,
        silent.cost_nanos,
        silent.day_count,
        begun.organization_key as other_organization_key,
        begun.project_key as other_key,
        begun.first_on as other_first_on,
        begun.cost_nanos as other_cost_nanos,
        begun.day_count as other_day_count,
        silent.reached_number - silent.last_number as covered_days,
        begun.last_number - silent.last_number as other_days
    from silent
    inner join spans as begun
        on
            silent.currency = begun.currency
            and silent.project_key <> begun.project_key
            and begun.first_number between silent.last_number - 3 and silent.last_number + 4
)

select
    pairs.organization_key,
    organization.organization_id,
    project.project_id,
    project.name as project_name,
    pairs.last_on,
    pairs.cost_nanos,
    pairs.day_count,
    pairs.currency,
    other_organization.organization_id as other_organization_id,
    other.project_id as other_id,
    other.name as other_name,
    pairs.other_first_on,
    pairs.other_cost_nanos,
    pairs.other_day_count
from pairs
inner join organization on pairs.organization_key = organization.organization_key
inner join project on pairs.project_key = project.project_key
inner join organization as other_organization
    on pairs.other_organization_key = other_organization.organization_key
inner join project as other on pairs.other_key = other.project_key
where
    (pairs.covered_days >= 3 and pairs.day_count >= 26)
    or pairs.covered_days > 7
    or pairs.other_days between 8 and 35
order by
    organization.organization_id,
    project.project_id,
    pairs.currency,
    case when pairs.other_organization_key = pairs.organization_key then 0 else 1 end,
    pairs.other_cost_nanos desc,
    other.project_id;
