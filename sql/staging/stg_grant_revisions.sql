-- One row per row of a credit_grants file, and how it ranks among those that state the same grant.
--
-- grain    grant_row_id
-- reads    grant_row, stg_file_ranks
-- read by  statement/derive_grant*
--
-- Ranked as payments are (stg_topup_revisions); a grant has no status.
create view stg_grant_revisions as
with stated as (
    select
        grant_row.grant_row_id,
        grant_row.file_id,
        grant_row.line,
        grant_row.organization_key,
        grant_row.identity,
        case
            when substr(grant_row.identity, 1, 8) = 'content:' then grant_row.occurrence
            else 1
        end as fact_occurrence,
        grant_row.granted_at,
        grant_row.amount_nanos,
        grant_row.currency,
        case
            when grant_row.grant_id <> '' then grant_row.grant_id
            else stg_file_ranks.name || ':' || grant_row.line
        end as reference,
        stg_file_ranks.freshness,
        stg_file_ranks.newness
    from grant_row
    join stg_file_ranks on stg_file_ranks.file_id = grant_row.file_id
)

select
    grant_row_id,
    file_id,
    line,
    organization_key,
    identity,
    fact_occurrence,
    reference,
    freshness,
    granted_at,
    amount_nanos,
    currency,
    row_number() over (
        partition by organization_key, identity, fact_occurrence
        order by freshness desc, amount_nanos desc, newness desc, line desc
    ) as revision_rank
from stated;
