-- One row per fact of a file: everything that its record said, in one text.
--
-- grain    a row of one of the tables of facts
-- reads    snapshot, partition, cost, usage and every table of rows
-- read by  statement/reject_comparison
--
-- Two facts are the same exactly when their contents are. Texts stand behind their length, so that none
-- can be taken for two. day is '' but for snapshots, of which one may cover more than another.
create view stg_fact_contents as
select
    snapshot.file_id,
    cost.line,
    partition.day,
    coalesce(snapshot.organization_key, 0)
    || '|' || coalesce(partition.project_key, 0)
    || '|' || partition.day
    || '|' || partition.currency
    || '|' || cost.amount_nanos
    || '|' || coalesce(cost.line_item_id, 0)
    || '|' || coalesce(cost.user_id, 0)
    || '|' || coalesce(cost.api_key_id, 0)
    || '|' || coalesce(cost.user_email_id, 0)
    || '|' || coalesce(cost.api_source_id, 0)
    || '|' || coalesce(cost.quantity_micros, '')
    || '|' || coalesce(cost.quantity_unit_id, 0) as content
from cost
inner join partition on cost.partition_id = partition.partition_id
inner join snapshot on partition.snapshot_id = snapshot.snapshot_id
where snapshot.kind = 'cost'

union all

select
    snapshot.file_id,
    usage.line,
    partition.day,
    coalesce(snapshot.organization_key, 0)
    || '|' || coalesce(partition.project_key, 0)
    || '|' || snapshot.kind
    || '|' || usage.start_at
    || '|' || usage.end_at
    || '|' || coalesce(usage.model_id, 0)
    || '|' || coalesce(usage.user_id, 0)
    || '|' || coalesce(usage.api_key_id, 0)
    || '|' || coalesce(usage.service_tier_id, 0)
    || '|' || coalesce(usage.is_batch, '')
    || '|' || usage.requests
    || '|' || usage.input_tokens
    || '|' || usage.output_tokens
    || '|' || usage.input_cached_tokens
    || '|' || usage.input_cache_write_tokens
    || '|' || usage.input_uncached_tokens
    || '|' || usage.input_text_tokens
    || '|' || usage.output_text_tokens
    || '|' || usage.input_cached_text_tokens
    || '|' || usage.input_audio_tokens
    || '|' || usage.input_cached_audio_tokens
    || '|' || usage.output_audio_tokens
    || '|' || usage.input_image_tokens
    || '|' || usage.input_cached_image_tokens
    || '|' || usage.output_image_tokens
    || '|' || coalesce(usage.compute_units_micros, '')
    || '|' || coalesce(usage.quantity, '')
    || '|' || coalesce(usage.image_size_id, 0)
    || '|' || coalesce(usage.source_id, 0) as content
from usage
inner join partition on usage.partition_id = partition.partition_id
inner join snapshot on partition.snapshot_id = snapshot.snapshot_id
where snapshot.kind <> 'cost'

union all

select
    file_id,
    line,
    '' as day,
    coalesce(purchased_on, '')
    || '|' || coalesce(purchased_time, '')
    || '|' || coalesce(posted_on, '')
    || '|' || coalesce(posted_time, '')
    || '|' || amount_nanos
    || '|' || currency
    || '|' || coalesce(original_nanos, '')
    || '|' || original_currency
    || '|' || fee_nanos
    || '|' || fee_currency
    || '|' || state
    || '|' || is_leg
    || '|' || is_fee
    || '|' || card_last4
    || '|' || length(status) || ':' || status
    || '|' || length(type) || ':' || type
    || '|' || length(descriptor) || ':' || descriptor
    || '|' || length(reference) || ':' || reference as content
from card_row

union all

select
    file_id,
    line,
    '' as day,
    day
    || '|' || credits_nanos
    || '|' || coalesce(quantity_nanos, '')
    || '|' || length(account_id) || ':' || account_id
    || '|' || length(user_id) || ':' || user_id
    || '|' || length(user_email) || ':' || user_email
    || '|' || length(usage_type) || ':' || usage_type
    || '|' || length(units) || ':' || units as content
from credit_usage_row

union all

select
    file_id,
    line,
    '' as day,
    organization_key
    || '|' || paid_at
    || '|' || paid_from
    || '|' || paid_until
    || '|' || invoice_number
    || '|' || receipt_number
    || '|' || kind
    || '|' || status
    || '|' || credit_nanos
    || '|' || credit_currency
    || '|' || tax_nanos
    || '|' || total_nanos
    || '|' || currency
    || '|' || card_last4
    || '|' || coalesce(refunded_at, '')
    || '|' || coalesce(refunded_credit_nanos, '')
    || '|' || coalesce(refunded_total_nanos, '')
    || '|' || length(description) || ':' || description as content
from topup_row

union all

select
    file_id,
    line,
    '' as day,
    receipt_number
    || '|' || invoice_number
    || '|' || paid_on
    || '|' || paid_from
    || '|' || paid_until
    || '|' || coalesce(subtotal_nanos, '')
    || '|' || coalesce(tax_nanos, '')
    || '|' || total_nanos
    || '|' || currency
    || '|' || card_last4
    || '|' || length(seller) || ':' || seller
    || '|' || length(description) || ':' || description
    || '|' || length(payment_method) || ':' || payment_method as content
from receipt_row

union all

select
    file_id,
    line,
    '' as day,
    organization_key
    || '|' || kind
    || '|' || granted_at
    || '|' || coalesce(expires_at, '')
    || '|' || amount_nanos
    || '|' || currency
    || '|' || length(grant_id) || ':' || grant_id as content
from grant_row

union all

select
    file_id,
    line,
    '' as day,
    organization_key
    || '|' || observed_at
    || '|' || balance_nanos
    || '|' || currency as content
from observation_row

union all

select
    file_id,
    line,
    '' as day,
    organization_key
    || '|' || billing_mode
    || '|' || coalesce(from_on, '')
    || '|' || coalesce(until_on, '')
    || '|' || coalesce(materiality_nanos, '')
    || '|' || coalesce(materiality_ppm, '')
    || '|' || length(name) || ':' || name as content
from organization_row

union all

select
    file_id,
    line,
    '' as day,
    project_key
    || '|' || coalesce(organization_key, 0)
    || '|' || length(class) || ':' || class
    || '|' || length(owner) || ':' || owner
    || '|' || length(purpose) || ':' || purpose
    || '|' || length(cost_center) || ':' || cost_center as content
from project_row

union all

select
    file_id,
    line,
    '' as day,
    card_last4
    || '|' || currency
    || '|' || zone
    || '|' || length(account) || ':' || account
    || '|' || length(file_pattern) || ':' || file_pattern
    || '|' || length(owner) || ':' || owner as content
from account_row

union all

select
    file_id,
    line,
    '' as day,
    day
    || '|' || base
    || '|' || quote
    || '|' || rate_nanos as content
from fx_row

union all

select
    file_id,
    line,
    '' as day,
    coalesce(organization_key, 0)
    || '|' || coalesce(project_key, 0)
    || '|' || from_on
    || '|' || coalesce(until_on, '')
    || '|' || amount_nanos
    || '|' || currency as content
from budget_row

union all

select
    file_id,
    line,
    '' as day,
    length(model) || ':' || model
    || '|' || token_kind
    || '|' || service_tier
    || '|' || rate_nanos
    || '|' || coalesce(from_on, '')
    || '|' || coalesce(until_on, '')
    || '|' || source as content
from rate_row

union all

select
    file_id,
    line,
    '' as day,
    card_last4
    || '|' || coalesce(dated_on, '')
    || '|' || coalesce(amount_nanos, '')
    || '|' || currency
    || '|' || coalesce(submitted_on, '')
    || '|' || length(claim_id) || ':' || claim_id
    || '|' || length(charge) || ':' || charge
    || '|' || length(claimant) || ':' || claimant
    || '|' || length(approver) || ':' || approver as content
from claim_row

union all

select
    file_id,
    line,
    '' as day,
    organization_key
    || '|' || coalesce(from_on, '')
    || '|' || coalesce(until_on, '')
    || '|' || threshold_nanos
    || '|' || coalesce(amount_nanos, '')
    || '|' || coalesce(target_nanos, '')
    || '|' || coalesce(cap_nanos, '')
    || '|' || currency as content
from recharge_row;
