-- One row per grant that files of equal rank state with different amounts: as derive_topup_conflicts.
with revisions as (
    select * from stg_grant_revisions
),

rivals as (
    select
        kept.file_id,
        kept.line,
        other.file_id as other_file_id,
        other.line as other_line,
        other.amount_nanos as other_nanos,
        other.currency as other_currency,
        row_number() over (
            partition by kept.grant_row_id order by other.revision_rank
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
        and (
            other.amount_nanos <> kept.amount_nanos
            or other.currency <> kept.currency
            or (other.file_id = kept.file_id and other.granted_at <> kept.granted_at)
        )
)

select
    grant_fact.organization_key,
    grant_fact.granted_on as dated_on,
    case
        when grant_fact.grant_id <> '' then grant_fact.grant_id
        else file.name || ':' || grant_fact.line
    end as reference,
    grant_fact.file_id,
    grant_fact.line,
    file.name as source,
    grant_fact.amount_nanos as nanos,
    grant_fact.currency,
    other_file.name as other_source,
    rivals.other_line,
    rivals.other_nanos,
    rivals.other_currency
from rivals
join grant_fact on grant_fact.file_id = rivals.file_id and grant_fact.line = rivals.line
join file on file.file_id = grant_fact.file_id
join file as other_file on other_file.file_id = rivals.other_file_id
where rivals.position = 1
order by grant_fact.grant_fact_id;
