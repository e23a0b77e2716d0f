-- Fills what the document that counts does not tell from the others of the same receipt.
update receipt
set
    receipt_number = parts.receipt_number,
    invoice_number = parts.invoice_number,
    seller = parts.seller,
    description = parts.description,
    subtotal_nanos = parts.subtotal_nanos,
    tax_nanos = parts.tax_nanos,
    tax_rate_ppm = parts.tax_rate_ppm,
    tax_name = parts.tax_name,
    payment_method = parts.payment_method,
    card_last4 = parts.card_last4,
    bill_to = parts.bill_to,
    issued_on = parts.issued_on
from stg_receipt_parts as parts
where parts.receipt_row_id = receipt.receipt_row_id;
