-- One row per receipt, with the documents that tell of it and the top-up that it belongs to.
--
-- grain    receipt
-- reads    receipt, receipt_document, file, link, topup
-- read by  reports/receipts
--
-- state is that of the pair with its top-up; 'open' has none; an invoice of what is due, which no
-- document says was paid, is 'unpaid'.
create view fct_receipts as
with documents as (
    select
        receipt_document.receipt_id,
        count(*) as document_count,
        min(case when receipt_document.document = 'invoice' then file.name end) as invoice_source
    from receipt_document
    inner join file on receipt_document.file_id = file.file_id
    group by receipt_document.receipt_id
),

pairs as (
    select
        link.receipt_id,
        min(topup.reference) as topup_reference,
        min(link.state) as state
    from link
    inner join topup on link.topup_id = topup.topup_id
    where link.leg = 'receipt'
    group by link.receipt_id
)

select
    receipt.receipt_number,
    receipt.invoice_number,
    receipt.paid_on,
    receipt.seller,
    receipt.description,
    receipt.bill_to,
    receipt.subtotal_nanos,
    receipt.tax_nanos,
    receipt.tax_rate_ppm,
    receipt.tax_name,
    receipt.total_nanos,
    receipt.currency,
    receipt.payment_method,
    receipt.wallet,
    file.name as source,
    receipt.line,
    coalesce(documents.invoice_source, '') as invoice_source,
    documents.document_count,
    coalesce(pairs.topup_reference, '') as topup_reference,
    case
        when receipt.is_paid = 0 then 'unpaid'
        else coalesce(pairs.state, 'open')
    end as state,
    receipt.id
from receipt
inner join file on receipt.file_id = file.file_id
left join documents on receipt.receipt_id = documents.receipt_id
left join pairs on receipt.receipt_id = pairs.receipt_id;
