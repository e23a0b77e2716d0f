-- One row per row of a usage export that counts.
--
-- grain    a row of an export
-- reads    usage_day, partition, usage, term
-- read by  fct_model_usage, fct_surface_usage, fct_key_usage, fct_user_usage
--
-- Names are keys of dim_terms here, because there are as many rows as exports have. An ungrouped export of which only
-- what it has above its organization's projects counts is no row of it: fct_usage_rests.
create view fct_usage_rows as
select
    usage_day.organization_key,
    usage_day.project_key,
    usage_day.day,
    usage.api_key_id,
    usage.user_id,
    coalesce(models.text, '') as model,
    case
        when usage.is_batch = 1 then 'batch api'
        when coalesce(tiers.text, 'default') <> 'default' then tiers.text
        when tiers.text = 'default' or usage.is_batch = 0 then 'standard'
        else ''
    end as surface,
    usage.requests,
    usage.input_tokens + usage.output_tokens as tokens
from usage_day
inner join partition
    on
        usage_day.partition_id = partition.partition_id
        and usage_day.tokens + usage_day.quantity = partition.total
inner join usage
    on
        usage.usage_id between partition.first_row and partition.last_row
        and usage.partition_id = partition.partition_id
left join term as models on usage.model_id = models.term_id
left join term as tiers on usage.service_tier_id = tiers.term_id;
