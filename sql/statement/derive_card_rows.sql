-- One row per row of a card statement, by source order and line.
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
    card_row.state,
    card_row.descriptor,
    card_row.reference,
    card_row.card_last4
from card_row
join file on file.file_id = card_row.file_id
join stg_file_ranks on stg_file_ranks.file_id = card_row.file_id
order by stg_file_ranks.source_order, card_row.line;
