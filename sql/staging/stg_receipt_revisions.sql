-- One row per row of a receipts file, and how it ranks among those that state the same receipt.
--
-- grain    receipt_row_id
-- reads    receipt_row, stg_file_ranks
-- read by  statement/derive_receipt_revisions
--
-- Ranked as payments are (stg_topup_revisions); a receipt has no status. A document that names an
-- invoice but no receipt, as invoices do, is the invoice's one receipt where a row tells its number:
-- two documents of one payment. What tells of a payment counts before an invoice that is due, a row with
-- the receipt's number before one without, a document before a row of someone's table.
-- Most receipts have one row and a number: what only the others need is asked of those alone.
create view stg_receipt_revisions as
with unnumbered as (
    select distinct invoice_number
    from receipt_row
    where invoice_number <> '' and receipt_number = ''
),

receipts_of_invoices as (
    select
        invoice_number,
        min(receipt_row.identity) as identity
    from receipt_row
    join unnumbered using (invoice_number)
    where receipt_row.receipt_number <> ''
    group by invoice_number
    having count(distinct receipt_row.identity) = 1
),

stated as (
    select
        receipt_row.receipt_row_id,
        receipt_row.file_id,
        receipt_row.line,
        case
            when receipt_row.receipt_number = ''
                then coalesce(receipts_of_invoices.identity, receipt_row.identity)
            else receipt_row.identity
        end as identity,
        case when receipt_row.receipt_number = '' then 0 else 1 end as is_numbered,
        case
            when substr(receipt_row.identity, 1, 8) = 'content:' then receipt_row.occurrence
            else 1
        end as fact_occurrence,
        receipt_row.receipt_number,
        receipt_row.invoice_number,
        receipt_row.paid_on,
        receipt_row.paid_from,
        receipt_row.subtotal_nanos,
        receipt_row.tax_nanos,
        receipt_row.total_nanos,
        receipt_row.currency,
        receipt_row.is_paid,
        case when receipt_row.document = '' then 'row' else receipt_row.document end as document,
        case when receipt_row.document = '' then 0 else 1 end as is_document,
        case
            when receipt_row.invoice_number <> '' then receipt_row.invoice_number
            when receipt_row.receipt_number <> '' then receipt_row.receipt_number
            else stg_file_ranks.name || ':' || receipt_row.line
        end as reference,
        stg_file_ranks.freshness,
        stg_file_ranks.newness
    from receipt_row
    join stg_file_ranks on stg_file_ranks.file_id = receipt_row.file_id
    left join receipts_of_invoices
        on receipts_of_invoices.invoice_number = receipt_row.invoice_number
),

ranked as (
    select
        stated.*,
        row_number() over (
            partition by identity, fact_occurrence
            order by
                is_paid desc,
                is_numbered desc,
                is_document desc,
                freshness desc,
                total_nanos desc,
                newness desc,
                line desc
        ) as revision_rank
    from stated
),

documents as (
    select
        identity,
        fact_occurrence,
        max(revision_rank) as document_count
    from ranked
    where revision_rank > 1
    group by identity, fact_occurrence
)

select
    ranked.receipt_row_id,
    ranked.file_id,
    ranked.line,
    ranked.identity,
    ranked.fact_occurrence,
    ranked.is_numbered,
    ranked.reference,
    ranked.freshness,
    ranked.receipt_number,
    ranked.invoice_number,
    ranked.paid_on,
    ranked.paid_from,
    ranked.subtotal_nanos,
    ranked.tax_nanos,
    ranked.total_nanos,
    ranked.currency,
    ranked.is_paid,
    ranked.document,
    ranked.is_document,
    ranked.revision_rank,
    coalesce(documents.document_count, 1) as document_count
from ranked
left join documents using (identity, fact_occurrence);
