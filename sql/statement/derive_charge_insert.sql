-- Keeps one charge: dates and texts are its head row's, the money that of all its rows.
insert into charge (
    charge_id, id, card_row_id, file_id, line, account_id, card_last4, dated_on, posted_on,
    purchased_from, purchased_until, posted_from, posted_until, is_timed, zone, amount_nanos,
    currency, original_nanos, original_currency, fee_nanos, fee_currency, state, status, type,
    descriptor, reference, wallet, wallet_rule
)
select
    :charge_id, :id, card_row_id, card_row.file_id, line, :account_id, :card_last4, :dated_on,
    posted_on, :purchased_from, :purchased_until, :posted_from, :posted_until, :is_timed, :zone,
    :amount_nanos, :currency, :original_nanos, :original_currency, :fee_nanos, :fee_currency,
    :state, status, type, descriptor,
    case when reference <> '' then reference else file.name || ':' || line end,
    '', ''
from card_row
join file on file.file_id = card_row.file_id
where card_row_id = :card_row_id;
