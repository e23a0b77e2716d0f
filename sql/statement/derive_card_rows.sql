-- One row per row of a card statement, by line.
select
    card_row_id,
    line,
    purchased_on,
    purchased_time,
    posted_on,
    posted_time,
    amount_nanos,
    currency,
    original_nanos,
    original_currency,
    fee_nanos,
    fee_currency,
    state,
    status,
    type,
    descriptor,
    reference,
    card_last4,
    is_leg,
    is_fee
from card_row
where file_id = :file_id
order by line;
