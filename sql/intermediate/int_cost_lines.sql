-- One row per organization, project, UTC day, currency and line item: what each day's cost was spent on.
--
-- grain    organization_key, project_key, day, currency, line_item_id
-- reads    cost_day, partition, cost
-- read by  marts by line item
--
-- A day's cost comes from its newest export, its split from the finest one: what
-- the split does not explain stands with line_item_id null, beside the rows that
-- name none. The rows of a day add up to its cost exactly; a rest of zero is none.
create view int_cost_lines as
with days as (
    select * from cost_day
),

partitions as (
    select * from partition
),

costs as (
    select * from cost
),

split_lines as (
    select
        days.organization_key,
        days.project_key,
        days.day,
        days.currency,
        costs.line_item_id,
        costs.amount_nanos
    from days
    inner join partitions
        on partitions.partition_id = days.split_partition_id
    inner join costs
        on
            costs.cost_id between partitions.first_row and partitions.last_row
            and costs.partition_id = partitions.partition_id
),

rests as (
    select
        days.organization_key,
        days.project_key,
        days.day,
        days.currency,
        null as line_item_id,
        days.cost_nanos - coalesce(partitions.total, 0) as amount_nanos
    from days
    left join partitions
        on partitions.partition_id = days.split_partition_id
    where days.cost_nanos <> coalesce(partitions.total, 0)
),

lines as (
    select * from split_lines
    union all
    select * from rests
)

select
    organization_key,
    project_key,
    day,
    currency,
    line_item_id,
    sum(amount_nanos) as amount_nanos
from lines
group by organization_key, project_key, day, currency, line_item_id;
