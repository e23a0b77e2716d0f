-- What was used, per project's day, endpoint, model, tier and size of image, of the exports that count.
--
-- What an ungrouped export has above its organization's projects cannot be told apart by model: its
-- row has no model, and its tokens or quantity alone.
with days as (
    select
        usage_day.*,
        partition.first_row,
        partition.last_row,
        usage_day.tokens + usage_day.quantity = partition.total as is_whole
    from usage_day
    inner join partition on partition.partition_id = usage_day.partition_id
),

whole as (
    select
        days.organization_key,
        days.project_key,
        days.kind,
        days.day,
        days.is_provisional,
        coalesce(model.text, '') as model,
        coalesce(tier.text, '') as service_tier,
        coalesce(usage.is_batch, 0) as is_batch,
        coalesce(size.text, '') as image_size,
        sum(usage.input_tokens) as input_tokens,
        sum(usage.output_tokens) as output_tokens,
        sum(usage.input_cached_tokens) as cached_tokens,
        sum(usage.input_cache_write_tokens) as cache_write_tokens,
        sum(usage.input_audio_tokens) as audio_tokens,
        sum(usage.input_cached_audio_tokens) as cached_audio_tokens,
        sum(usage.output_audio_tokens) as output_audio_tokens,
        sum(usage.input_image_tokens) as image_tokens,
        sum(usage.input_cached_image_tokens) as cached_image_tokens,
        sum(usage.output_image_tokens) as output_image_tokens,
        sum(coalesce(usage.quantity, 0)) as quantity
    from days
    inner join usage
        on
            usage.usage_id between days.first_row and days.last_row
            and usage.partition_id = days.partition_id
    left join term as model on model.term_id = usage.model_id
    left join term as tier on tier.term_id = usage.service_tier_id
    left join term as size on size.term_id = usage.image_size_id
    where days.is_whole
    group by
        days.organization_key,
        days.project_key,
        days.kind,
        days.day,
        days.is_provisional,
        coalesce(model.text, ''),
        coalesce(tier.text, ''),
        coalesce(usage.is_batch, 0),
        coalesce(size.text, '')
)

select * from whole
union all
select
    organization_key,
    project_key,
    kind,
    day,
    is_provisional,
    '' as model,
    '' as service_tier,
    0 as is_batch,
    '' as image_size,
    tokens as input_tokens,
    0 as output_tokens,
    0 as cached_tokens,
    0 as cache_write_tokens,
    0 as audio_tokens,
    0 as cached_audio_tokens,
    0 as output_audio_tokens,
    0 as image_tokens,
    0 as cached_image_tokens,
    0 as output_image_tokens,
    quantity
from days
where not is_whole;
