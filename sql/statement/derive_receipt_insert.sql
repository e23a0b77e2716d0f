insert into receipt (
    receipt_id, id, receipt_row_id, file_id, line, receipt_number, invoice_number, paid_on,
    paid_from, paid_until, seller, description, subtotal_nanos, tax_nanos, total_nanos, currency,
    payment_method, card_last4, reference, wallet, wallet_rule, is_paid, issued_on, tax_rate_ppm,
    tax_name, bill_to
)
select
    c1, c2, receipt_row_id, file_id, line, receipt_number, invoice_number, paid_on,
    paid_from, paid_until, seller, description, subtotal_nanos, tax_nanos, total_nanos, currency,
    payment_method, card_last4, c3, '', '', is_paid, issued_on, tax_rate_ppm,
    tax_name, bill_to
from rowsource
inner join receipt_row on receipt_row.receipt_row_id = c0;
