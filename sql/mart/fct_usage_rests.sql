-- One row per organization, UTC day and usage endpoint of which only what an ungrouped export has above its projects counts.
--
-- grain    organization_key, project_key, day, endpoint
-- reads    usage_day, partition
-- read by  fct_model_usage, fct_surface_usage, fct_key_usage, fct_user_usage
--
-- Nothing tells what of its model, key, user or tier that is.
create view fct_usage_rests as
select
    usage_day.organization_key,
    usage_day.project_key,
    usage_day.day,
    usage_day.kind as endpoint,
    usage_day.requests,
    usage_day.tokens
from usage_day
inner join partition on usage_day.partition_id = partition.partition_id
where usage_day.tokens + usage_day.quantity <> partition.total;
