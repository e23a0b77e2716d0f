-- One row per receipt that files of equal rank state with different amounts: as derive_topup_conflicts.
with revisions as (
    select * from stg_receipt_revisions
),

rivals as (
    select
        kept.receipt_row_id,
        other.file_id as other_file_id,
        other.line as other_line,
        other.total_nanos as other_nanos,
        other.currency as other_currency,
        row_number() over (
            partition by kept.receipt_row_id order by other.revision_rank
        ) as position
    from revisions as kept
    join revisions as other
        on other.identity = kept.identity
        and other.fact_occurrence = kept.fact_occurrence
    where
        kept.revision_rank = 1
        and other.revision_rank > 1
        and other.freshness = kept.freshness
        and (
            other.total_nanos <> kept.total_nanos
            or coalesce(other.tax_nanos, kept.tax_nanos, 0)
            <> coalesce(kept.tax_nanos, other.tax_nanos, 0)
            or other.currency <> kept.currency
            or (other.file_id = kept.file_id and other.paid_on <> kept.paid_on)
        )
)

select
    0 as organization_key,
    receipt.paid_on as dated_on,
    receipt.reference,
    receipt.file_id,
    receipt.line,
    file.name as source,
    receipt.total_nanos as nanos,
    receipt.currency,
    other_file.name as other_source,
    rivals.other_line,
    rivals.other_nanos,
    rivals.other_currency
from rivals
join receipt on receipt.receipt_row_id = rivals.receipt_row_id
join file on file.file_id = receipt.file_id
join file as other_file on other_file.file_id = rivals.other_file_id
where rivals.position = 1
order by receipt.receipt_id;
