-- Adds the used rows of one usage export; c10 and on are the counts, in the order of the table. usage_id is left to SQLite
-- as cost_id is in cost_insert.sql.
insert into usage (
    partition_id, line, start_at, end_at,
    model_id, user_id, api_key_id, service_tier_id, is_batch,
    requests, input_tokens, output_tokens,
    input_cached_tokens, input_cache_write_tokens, input_uncached_tokens,
    input_text_tokens, output_text_tokens, input_cached_text_tokens,
    input_audio_tokens, input_cached_audio_tokens, output_audio_tokens,
    input_image_tokens, input_cached_image_tokens, output_image_tokens,
    compute_units_micros, quantity, image_size_id, source_id
)
select
    c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12,
    c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23, c24, c25, c26, c27, c28
from rowsource;
