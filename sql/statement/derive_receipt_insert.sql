insert into receipt (
    receipt_id, id, receipt_row_id, file_id, line, receipt_number, invoice_number, paid_on,
    paid_from, paid_until, seller, description, subtotal_nanos, tax_nanos, total_nanos, currency,
    payment_method, card_last4, reference, wallet, wallet_rule, is_paid, issued_on, tax_rate_ppm,
    tax_name, bill_to
)
select
    :position, :id, receipt_row_id, file_id, line, receipt_number, invoice_number, paid_on,
    paid_from, paid_until, seller, description, subtotal_nanos, tax_nanos, total_nanos, currency,
    payment_method, card_last4, :reference, '', '', is_paid, issued_on, tax_rate_ppm,
    tax_name, bill_to
from receipt_row
where receipt_row_id = :row_id;
