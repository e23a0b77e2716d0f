-- One row per charge, in natural order.
--
-- is_posting_only: the statement printed no purchase date, so the purchase interval is the posting's.
select
    charge.charge_id,
    charge.file_id,
    charge.line,
    charge.account_id,
    charge.purchased_from,
    charge.purchased_until,
    coalesce(charge.posted_from, 0) as posted_from,
    coalesce(charge.posted_until, 0) as posted_until,
    charge.amount_nanos,
    coalesce(charge.original_nanos, 0) as original_nanos,
    charge.fee_nanos,
    charge.id,
    file.name || ':' || charge.line as source,
    charge.reference,
    charge.dated_on,
    charge.zone,
    charge.currency,
    case
        when charge.original_nanos is null then ''
        else charge.original_currency
    end as original_currency,
    charge.fee_currency,
    charge.card_last4,
    charge.type,
    charge.status,
    charge.descriptor,
    charge.state,
    charge.is_timed,
    (card_row.card_row_id is not null and card_row.purchased_on is null) as is_posting_only
from charge
join file on file.file_id = charge.file_id
left join card_row on card_row.card_row_id = charge.card_row_id
order by charge.charge_id;
