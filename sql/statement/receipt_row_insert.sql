-- Keeps one receipt.
insert into receipt_row (
    file_id, line, receipt_number, invoice_number, paid_on, paid_from,
    paid_until, seller, description, subtotal_nanos, tax_nanos, total_nanos,
    currency, payment_method, card_last4, identity, occurrence, document,
    is_paid, issued_on, tax_rate_ppm, tax_name, bill_to
)
values (
    :file_id, :line, :receipt_number, :invoice_number, :paid_on, :paid_from,
    :paid_until, :seller, :description, :subtotal_nanos, :tax_nanos,
    :total_nanos, :currency, :payment_method, :card_last4, :identity,
    :occurrence, :document, :is_paid, :issued_on, :tax_rate_ppm, :tax_name,
    :bill_to
);
