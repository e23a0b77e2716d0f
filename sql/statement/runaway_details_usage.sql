-- One row per day, UTC hour (-1: the bucket is longer than an hour) and key of a project's usage from :from until :until;
-- the key is '' where rows name none.
select
    usage_day.day,
    case
        when usage.end_at - usage.start_at <= 3600 then usage.start_at % 86400 / 3600
        else -1
    end as hour,
    coalesce(api_key.text, '') as api_key,
    sum(usage.requests) as requests,
    sum(usage.input_tokens) as input_tokens,
    sum(usage.input_cached_tokens) as input_cached_tokens,
    sum(usage.output_tokens) as output_tokens
from usage_day
inner join partition on usage_day.partition_id = partition.partition_id
inner join usage
    on
        usage.usage_id between partition.first_row and partition.last_row
        and usage.partition_id = partition.partition_id
left join term as api_key on usage.api_key_id = api_key.term_id
where
    usage_day.project_key = :project_key
    and usage_day.day >= :from
    and usage_day.day <= :until
group by 1, 2, 3
order by 1, 2, 3;
