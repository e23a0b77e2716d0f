-- One row per key, user and model of a project's usage from :before until :until, with the tokens and requests on the days
-- before :from and from then on. A name is '' where rows name none.
with counted as (
    select
        usage.api_key_id,
        usage.user_id,
        usage.model_id,
        case when usage_day.day < :from then 0 else 1 end as is_during,
        sum(usage.input_tokens) + sum(usage.output_tokens) as tokens,
        sum(usage.requests) as requests
    from usage_day
    inner join partition on usage_day.partition_id = partition.partition_id
    inner join usage
        on
            usage.usage_id between partition.first_row and partition.last_row
            and usage.partition_id = partition.partition_id
    where
        usage_day.project_key = :project_key
        and usage_day.day >= :before
        and usage_day.day <= :until
    group by
        usage.api_key_id,
        usage.user_id,
        usage.model_id,
        case when usage_day.day < :from then 0 else 1 end
),

sorted (dimension, term_id, is_during, tokens, requests) as (
    select
        'key',
        api_key_id,
        is_during,
        tokens,
        requests
    from counted
    union all
    select
        'user',
        user_id,
        is_during,
        tokens,
        requests
    from counted
    union all
    select
        'model',
        model_id,
        is_during,
        tokens,
        requests
    from counted
)

select
    sorted.dimension,
    coalesce(term.text, '') as name,
    sum(case when sorted.is_during = 0 then sorted.tokens else 0 end) as before_tokens,
    sum(case when sorted.is_during = 1 then sorted.tokens else 0 end) as during_tokens,
    sum(case when sorted.is_during = 0 then sorted.requests else 0 end) as before_requests,
    sum(case when sorted.is_during = 1 then sorted.requests else 0 end) as during_requests
from sorted
left join term on sorted.term_id = term.term_id
group by sorted.dimension, coalesce(term.text, '')
order by sorted.dimension, coalesce(term.text, '');
