insert into invoiced_month (
    organization_key, month, currency, usage_nanos, invoiced_nanos, tax_nanos, invoice_numbers,
    basis
)
values (
    :organization_key, :month, :currency, :usage_nanos, :invoiced_nanos, :tax_nanos,
    :invoice_numbers, :basis
);
