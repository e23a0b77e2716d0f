-- One row per row of a card statement, by source order and line; of one format, unless :format is ''.
select
    file.file_id,
    file.name,
    file.sha256,
    file.format,
    file.zone,
    file.zone_source,
    file.account_option,
    file.account_hint,
    card_row.card_row_id,
    card_row.line,
    card_row.purchased_on,
    card_row.purchased_time,
    card_row.posted_on,
    card_row.posted_time,
    card_row.amount_nanos,
    card_row.currency,
    card_row.original_nanos,
    card_row.original_currency,
    card_row.fee_nanos,
    card_row.fee_currency,
    card_row.state,
    card_row.status,
    card_row.type,
    card_row.descriptor,
    card_row.reference,
    card_row.card_last4,
    card_row.is_leg,
    card_row.is_fee
from card_row
join file on file.file_id = card_row.file_id
join stg_file_ranks on stg_file_ranks.file_id = card_row.file_id
where :format in ('', file.format)
order by stg_file_ranks.source_order, card_row.line;
