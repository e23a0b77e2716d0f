-- Keeps one row of payment history.
insert into topup_row (
    file_id, line, organization_key, paid_at, paid_is_date, paid_from,
    paid_until, invoice_number, receipt_number, description, kind, status,
    credit_nanos, credit_currency, tax_nanos, total_nanos, currency,
    card_last4, refunded_at, refunded_credit_nanos, refunded_total_nanos,
    identity, occurrence
)
values (
    :file_id, :line, :organization_key, :paid_at, :paid_is_date, :paid_from,
    :paid_until, :invoice_number, :receipt_number, :description, :kind,
    :status, :credit_nanos, :credit_currency, :tax_nanos, :total_nanos,
    :currency, :card_last4, :refunded_at, :refunded_credit_nanos,
    :refunded_total_nanos, :identity, :occurrence
);
