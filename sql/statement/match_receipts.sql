-- One row per receipt, in natural order.
select
    receipt.receipt_id,
    receipt.file_id,
    receipt.line,
    receipt.paid_from,
    receipt.paid_until,
    receipt.total_nanos,
    coalesce(receipt.tax_nanos, 0) as tax_nanos,
    coalesce(receipt.tax_rate_ppm, 0) as tax_rate_ppm,
    (receipt.tax_nanos is not null) as is_tax_told,
    receipt.id,
    file.name || ':' || receipt.line as source,
    receipt.reference,
    receipt.receipt_number,
    receipt.invoice_number,
    receipt.seller,
    receipt.description,
    receipt.currency,
    receipt.card_last4,
    receipt.is_paid
from receipt
join file on file.file_id = receipt.file_id
order by receipt.receipt_id;
