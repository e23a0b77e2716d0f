-- One row: a receipt.
select
    receipt.id,
    receipt.reference,
    file.name || ':' || receipt.line as source,
    receipt.paid_on,
    receipt.total_nanos,
    receipt.currency,
    receipt.invoice_number,
    receipt.receipt_number,
    receipt.seller,
    receipt.description,
    receipt.wallet,
    receipt.wallet_rule,
    receipt.is_paid
from receipt
inner join file on receipt.file_id = file.file_id
where receipt.receipt_id = :fact_id;
