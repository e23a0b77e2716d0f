-- Keeps charges: dates and texts are each one's head row's, the money that of all its rows.
insert into charge (
    charge_id, id, card_row_id, file_id, line, account_id, card_last4, dated_on, posted_on,
    purchased_from, purchased_until, posted_from, posted_until, is_timed, zone, amount_nanos,
    currency, original_nanos, original_currency, fee_nanos, fee_currency, state, status, type,
    descriptor, reference, wallet, wallet_rule
)
select
    c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20,
    c21, c22, c23, c24, c25, '', ''
from rowsource;
