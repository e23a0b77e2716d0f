-- One row per key of a project that was used nearly every day and no longer is, though the project is, and
-- key of that project that began about then. Read from the usage of the last 70 known days alone.
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
        sum(uses.requests) as requests,
        count(*) as day_count
    from spans
    inner join reaches on spans.project_key = reaches.project_key
    inner join uses
        on
            spans.project_key = uses.project_key
            and spans.api_key_id = uses.api_key_id
            and uses.day_number > spans.last_number - 28
    where reaches.last_number - spans.last_number between 3 and 35
    group by
        spans.organization_key,
        spans.project_key,
        spans.api_key_id,
        spans.last_number,
        spans.last_on,
        reaches.last_number
    having count(*) >= 26 or (count(*) >= 14 and reaches.last_number - spans.last_number > 7)
)

select
    silent.organization_key,
    organization.organization_id,
    project.project_id,
    project.name as project_name,
    old_key.text as old_key,
    silent.last_on,
    silent.requests,
    silent.day_count,
    new_key.text as new_key,
    begun.first_on,
    begun.requests as new_requests,
    begun.day_count as new_day_count
from silent
inner join spans as begun
    on
        silent.project_key = begun.project_key
        and silent.api_key_id <> begun.api_key_id
        and begun.first_number between silent.last_number - 3 and silent.last_number + 4
inner join organization on silent.organization_key = organization.organization_key
inner join project on silent.project_key = project.project_key
inner join term as old_key on silent.api_key_id = old_key.term_id
inner join term as new_key on begun.api_key_id = new_key.term_id
order by
    organization.organization_id,
    project.project_id,
    old_key.text,
    begun.requests desc,
    new_key.text;
