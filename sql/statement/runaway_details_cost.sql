-- One row per day, line item and key of a project's cost from :from until :until; a name is '' where rows name none.
select
    cost_day.day,
    coalesce(item.text, '') as line_item,
    coalesce(api_key.text, '') as api_key,
    sum(cost.amount_nanos) as amount_nanos
from cost_day
inner join partition on cost_day.split_partition_id = partition.partition_id
inner join cost
    on
        cost.cost_id between partition.first_row and partition.last_row
        and cost.partition_id = partition.partition_id
left join term as item on cost.line_item_id = item.term_id
left join term as api_key on cost.api_key_id = api_key.term_id
where
    cost_day.organization_key = :organization_key
    and cost_day.project_key = :project_key
    and cost_day.currency = :currency
    and cost_day.day >= :from
    and cost_day.day <= :until
group by cost_day.day, coalesce(item.text, ''), coalesce(api_key.text, '')
order by cost_day.day, coalesce(item.text, ''), coalesce(api_key.text, '');
