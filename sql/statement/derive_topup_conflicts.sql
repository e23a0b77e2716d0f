-- One row per payment that files of equal rank state with different amounts: what counts and its
-- nearest rival. Within one file another date is a contradiction too: a number typed twice.
with revisions as (
    select * from temp.topup_revision where revision_count > 1
),

beside_kept as (
    select
        revisions.*,
        first_value(file_id) over kept_first as kept_file_id,
        first_value(line) over kept_first as kept_line,
        first_value(reference) over kept_first as kept_reference,
        first_value(freshness) over kept_first as kept_freshness,
        first_value(progress) over kept_first as kept_progress,
        first_value(paid_at) over kept_first as kept_paid_at,
        first_value(credit_nanos) over kept_first as kept_credit_nanos,
        first_value(tax_nanos) over kept_first as kept_tax_nanos,
        first_value(total_nanos) over kept_first as kept_total_nanos,
        first_value(currency) over kept_first as kept_currency
    from revisions
    window kept_first as (
        partition by organization_key, identity, fact_occurrence order by revision_rank
    )
),

rivals as (
    select
        beside_kept.*,
        row_number() over (
            partition by organization_key, identity, fact_occurrence order by revision_rank
        ) as position
    from beside_kept
    where
        revision_rank > 1
        and freshness = kept_freshness
        and progress = kept_progress
        and (
            total_nanos <> kept_total_nanos
            or credit_nanos <> kept_credit_nanos
            or tax_nanos <> kept_tax_nanos
            or currency <> kept_currency
            or (file_id = kept_file_id and paid_at <> kept_paid_at)
        )
)

select
    rivals.organization_key,
    null as dated_on,
    rivals.kept_paid_at as dated_at,
    rivals.kept_reference,
    rivals.kept_file_id,
    rivals.kept_line,
    file.name as kept_source,
    rivals.kept_total_nanos,
    rivals.kept_currency,
    other_file.name as source,
    rivals.line,
    rivals.total_nanos,
    rivals.currency
from rivals
join file on file.file_id = rivals.kept_file_id
join file as other_file on other_file.file_id = rivals.file_id
join organization on organization.organization_key = rivals.organization_key
where rivals.position = 1
order by organization.organization_id, dated_at, rivals.identity, rivals.fact_occurrence;
