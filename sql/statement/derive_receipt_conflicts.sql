-- One row per receipt that files of equal rank, or its documents, state with different amounts: as
-- derive_topup_conflicts. A document never supersedes another: of two that disagree, one is wrong.
with revisions as (
    select * from temp.receipt_revision where document_count > 1
),

beside_kept as (
    select
        revisions.*,
        first_value(file_id) over kept_first as kept_file_id,
        first_value(line) over kept_first as kept_line,
        first_value(reference) over kept_first as kept_reference,
        first_value(freshness) over kept_first as kept_freshness,
        first_value(is_numbered) over kept_first as kept_is_numbered,
        first_value(is_document) over kept_first as kept_is_document,
        first_value(document) over kept_first as kept_document,
        first_value(invoice_number) over kept_first as kept_invoice_number,
        first_value(paid_on) over kept_first as kept_paid_on,
        first_value(tax_nanos) over kept_first as kept_tax_nanos,
        first_value(total_nanos) over kept_first as kept_total_nanos,
        first_value(currency) over kept_first as kept_currency
    from revisions
    window kept_first as (
        partition by identity, fact_occurrence order by revision_rank
    )
),

rivals as (
    select
        beside_kept.*,
        row_number() over (
            partition by identity, fact_occurrence order by revision_rank
        ) as position
    from beside_kept
    where
        revision_rank > 1
        and (
            freshness = kept_freshness
            or is_numbered <> kept_is_numbered
            or is_document = 1
            or kept_is_document = 1
        )
        and (
            total_nanos <> kept_total_nanos
            or tax_nanos <> kept_tax_nanos
            or currency <> kept_currency
            or (
                invoice_number <> kept_invoice_number
                and invoice_number <> ''
                and kept_invoice_number <> ''
            )
            or (file_id = kept_file_id and paid_on <> kept_paid_on)
        )
)

select
    0 as organization_key,
    rivals.kept_paid_on as dated_on,
    null as dated_at,
    rivals.kept_reference,
    rivals.kept_file_id,
    rivals.kept_line,
    file.name as kept_source,
    rivals.kept_total_nanos,
    rivals.kept_currency,
    other_file.name as source,
    rivals.line,
    rivals.total_nanos,
    rivals.currency,
    rivals.kept_document,
    rivals.document,
    rivals.kept_invoice_number,
    rivals.invoice_number,
    rivals.kept_tax_nanos,
    rivals.tax_nanos,
    case when is_document = 1 or kept_is_document = 1 then 1 else 0 end as tells_documents
from rivals
join file on file.file_id = rivals.kept_file_id
join file as other_file on other_file.file_id = rivals.file_id
where rivals.position = 1
order by dated_on, rivals.identity, rivals.fact_occurrence;
