-- One row per payment that files of equal rank state with different amounts: what counts and its
-- nearest rival. Within one file another date is a contradiction too: a number typed twice.
with revisions as (
    select * from stg_topup_revisions
),

rivals as (
    select
        kept.topup_row_id,
        other.file_id as other_file_id,
        other.line as other_line,
        other.total_nanos as other_nanos,
        other.currency as other_currency,
        row_number() over (
            partition by kept.topup_row_id order by other.revision_rank
        ) as position
    from revisions as kept
    join revisions as other
        on other.organization_key = kept.organization_key
        and other.identity = kept.identity
        and other.fact_occurrence = kept.fact_occurrence
    where
        kept.revision_rank = 1
        and other.revision_rank > 1
        and other.freshness = kept.freshness
        and other.progress = kept.progress
        and (
            other.total_nanos <> kept.total_nanos
            or other.credit_nanos <> kept.credit_nanos
            or other.tax_nanos <> kept.tax_nanos
            or other.currency <> kept.currency
            or (other.file_id = kept.file_id and other.paid_at <> kept.paid_at)
        )
)

select
    topup.organization_key,
    topup.paid_on as dated_on,
    topup.reference,
    topup.file_id,
    topup.line,
    file.name as source,
    topup.total_nanos as nanos,
    topup.currency,
    other_file.name as other_source,
    rivals.other_line,
    rivals.other_nanos,
    rivals.other_currency
from rivals
join topup on topup.topup_row_id = rivals.topup_row_id
join file on file.file_id = topup.file_id
join file as other_file on other_file.file_id = rivals.other_file_id
where rivals.position = 1
order by topup.topup_id;
