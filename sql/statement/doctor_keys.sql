-- One row per key of a project that was used nearly every day and no longer is, and what began about then: a
-- key of that project, while the project is used; or the same key in another project. Read from the usage of
-- the last 70 known days of each project alone.
--
-- Nearly every day, about then, at rest: as in doctor_moved.
with reaches as (
    select
        usage_day.project_key,
        max(calendar.day_number) as last_number
    from usage_day
    inner join calendar on usage_day.day = calendar.day
    where usage_day.requests > 0
    group by usage_day.project_key
),

uses as (
    select
        usage_day.organization_key,
        usage_day.project_key,
        usage.api_key_id,
        calendar.day,
        calendar.day_number,
        sum(usage.requests) as requests
    from usage_day
    inner join reaches on usage_day.project_key = reaches.project_key
    inner join calendar on usage_day.day = calendar.day
    inner join partition on usage_day.partition_id = partition.partition_id
    inner join usage
        on
            usage.usage_id between partition.first_row and partition.last_row
            and partition.partition_id = usage.partition_id
    where
        calendar.day_number > reaches.last_number - 70
        and usage.api_key_id is not null
        and usage.requests > 0
    group by
        usage_day.organization_key,
        usage_day.project_key,
        usage.api_key_id,
        calendar.day,
        calendar.day_number
),

spans as (
    select
        organization_key,
        project_key,
        api_key_id,
        min(day_number) as first_number,
        min(day) as first_on,
        max(day_number) as last_number,
        max(day) as last_on,
        sum(requests) as requests,
        count(*) as day_count
    from uses
    group by organization_key, project_key, api_key_id
),

silent as (
    select
        spans.organization_key,
        spans.project_key,
        spans.api_key_id,
        spans.last_number,
        spans.last_on,
        reaches.last_number as reached_number,
        sum(uses.requests) as requests,
        count(*) as day_count
    from spans
    inner join reaches on spans.project_key = reaches.project_key
    inner join uses
        on
            spans.project_key = uses.project_key
            and spans.api_key_id = uses.api_key_id
            and uses.day_number > spans.last_number - 28
    where reaches.last_number - spans.last_number <= 35
    group by
        spans.organization_key,
        spans.project_key,
        spans.api_key_id,
        spans.last_number,
        spans.last_on,
        reaches.last_number
    having count(*) >= 14
),

pairs as (
    select
        silent.*,
        begun.organization_key as new_organization_key,
        begun.project_key as new_project_key,
        begun.api_key_id as new_key_id,
        begun.first_on,
        begun.requests as new_requests,
        begun.day_count as new_day_count,
        case
            when begun.project_key = silent.project_key then silent.reached_number
            else begun.last_number
        end - silent.last_number as rest_days
    from silent
    inner join spans as begun
        on
            begun.first_number between silent.last_number - 3 and silent.last_number + 4
            and case
                when begun.project_key = silent.project_key
                    then begun.api_key_id <> silent.api_key_id
                else begun.api_key_id = silent.api_key_id
            end
)

select
    pairs.organization_key,
    organization.organization_id,
    project.project_id,
    project.name as project_name,
    old_key.text as old_key,
    pairs.last_on,
    pairs.requests,
    pairs.day_count,
    new_key.text as new_key,
    other_organization.organization_id as new_organization_id,
    other.project_id as new_project_id,
    other.name as new_project_name,
    pairs.first_on,
    pairs.new_requests,
    pairs.new_day_count
from pairs
inner join organization on pairs.organization_key = organization.organization_key
inner join project on pairs.project_key = project.project_key
left join organization as other_organization
    on pairs.new_organization_key = other_organization.organization_key
inner join project as other on pairs.new_project_key = other.project_key
inner join term as old_key on pairs.api_key_id = old_key.term_id
inner join term as new_key on pairs.new_key_id = new_key.term_id
where (pairs.rest_days >= 3 and pairs.day_count >= 26) or pairs.rest_days > 7
order by
    organization.organization_id,
    project.project_id,
    old_key.text,
    pairs.new_requests desc,
    other.project_id,
    new_key.text;
