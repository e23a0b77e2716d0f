-- One row per line item, model, key and user of a project's days from :before until :until, with the money on the days before
-- :from and from then on. A name is '' where rows name none.
with counted as (
    select
        cost.line_item_id,
        cost.api_key_id,
        cost.user_id,
        sum(case when cost_day.day < :from then cost.amount_nanos else 0 end) as before_amount,
        sum(case when cost_day.day >= :from then cost.amount_nanos else 0 end) as during_amount
    from cost_day
    inner join partition on cost_day.split_partition_id = partition.partition_id
    inner join cost
        on
            cost.cost_id between partition.first_row and partition.last_row
            and cost.partition_id = partition.partition_id
    where
        cost_day.organization_key = :organization_key
        and cost_day.project_key = :project_key
        and cost_day.currency = :currency
        and cost_day.day >= :before
        and cost_day.day <= :until
    group by cost.line_item_id, cost.api_key_id, cost.user_id
),

sorted (dimension, name, before_amount, during_amount) as (
    select
        'line item',
        term.text,
        counted.before_amount,
        counted.during_amount
    from counted
    left join term on counted.line_item_id = term.term_id
    union all
    select
        'model',
        line_item.model,
        counted.before_amount,
        counted.during_amount
    from counted
    left join line_item on counted.line_item_id = line_item.term_id
    union all
    select
        'key',
        term.text,
        counted.before_amount,
        counted.during_amount
    from counted
    left join term on counted.api_key_id = term.term_id
    union all
    select
        'user',
        term.text,
        counted.before_amount,
        counted.during_amount
    from counted
    left join term on counted.user_id = term.term_id
)

select
    dimension,
    coalesce(name, '') as name,
    sum(before_amount) as before_amount,
    sum(during_amount) as during_amount
from sorted
group by dimension, coalesce(name, '')
order by dimension, coalesce(name, '');
