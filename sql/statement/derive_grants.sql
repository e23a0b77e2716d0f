-- One row per grant: the row that counts, in the order of the ids.
select
    revisions.grant_row_id as row_id,
    organization.organization_id as owner,
    revisions.identity,
    revisions.fact_occurrence,
    revisions.reference,
    revisions.granted_at as dated_at,
    null as revision_count
from stg_grant_revisions as revisions
join organization on organization.organization_key = revisions.organization_key
where revisions.revision_rank = 1
order by owner, dated_at, revisions.identity, revisions.fact_occurrence;
