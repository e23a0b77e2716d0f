-- One row per organization, project, UTC day and currency that cost something: which rows of exports split it.
--
-- grain    organization_key, project_key, day, currency
-- reads    cost_day, partition
-- read by  reports/spend by line item, model, surface, key and user, and the fct_…_usage of these
--
-- split_id leads to the rows of the finest export in fct_cost_rows, null where there is none. rest_nanos is what the
-- newest export has above them, or below: both together are the cost of the day. Names are keys of dim_organizations and
-- dim_projects.
create view fct_cost_days as
select
    cost_day.organization_key,
    cost_day.project_key,
    cost_day.day,
    cost_day.currency,
    cost_day.split_partition_id as split_id,
    cost_day.is_provisional,
    cost_day.cost_nanos - coalesce(partition.total, 0) as rest_nanos
from cost_day
left join partition on cost_day.split_partition_id = partition.partition_id;
