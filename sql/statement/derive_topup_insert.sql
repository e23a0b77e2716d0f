insert into topup (
    topup_id, id, topup_row_id, file_id, line, organization_key, paid_at, paid_on, paid_is_date,
    paid_from, paid_until, invoice_number, receipt_number, description, kind, status, credit_nanos,
    credit_currency, tax_nanos, total_nanos, currency, card_last4, refunded_at,
    refunded_credit_nanos, refunded_total_nanos, reference, revision_count, wallet
)
select
    c1, c2, topup_row_id, file_id, line, organization_key, paid_at, c4, paid_is_date,
    paid_from, paid_until, invoice_number, receipt_number, description, kind, status, credit_nanos,
    credit_currency, tax_nanos, total_nanos, currency, card_last4, refunded_at,
    refunded_credit_nanos, refunded_total_nanos, c3, c5, ''
from rowsource
inner join topup_row on topup_row.topup_row_id = c0;
