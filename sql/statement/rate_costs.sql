-- Cost by day and line item, as the finest export splits it, with its quantity where the export tells one.
-- What a day's total has beside its split is no line of any price, and is left out.
select
    cost_day.organization_key,
    cost_day.project_key,
    cost_day.day,
    cost_day.currency,
    cost_day.is_provisional,
    line_item.surface,
    line_item.model,
    line_item.modality,
    line_item.token_kind,
    line_item.is_long_context,
    sum(cost.amount_nanos) as cost_nanos,
    sum(coalesce(cost.quantity_micros, 0)) as quantity_micros,
    min(cost.quantity_micros is not null) as has_quantity
from cost_day
inner join partition on partition.partition_id = cost_day.split_partition_id
inner join cost
    on
        cost.cost_id between partition.first_row and partition.last_row
        and cost.partition_id = partition.partition_id
inner join line_item on line_item.term_id = cost.line_item_id
where line_item.is_understood = 1 and line_item.token_kind <> ''
group by
    cost_day.organization_key,
    cost_day.project_key,
    cost_day.day,
    cost_day.currency,
    cost_day.is_provisional,
    line_item.surface,
    line_item.model,
    line_item.modality,
    line_item.token_kind,
    line_item.is_long_context
order by
    cost_day.organization_key,
    cost_day.project_key,
    cost_day.day,
    cost_day.currency,
    line_item.surface,
    line_item.model,
    line_item.modality,
    line_item.token_kind,
    line_item.is_long_context;
