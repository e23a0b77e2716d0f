-- One row per payment: the row that counts, in the order of the ids.
select
    revisions.topup_row_id as row_id,
    organization.organization_id as owner,
    revisions.identity,
    revisions.fact_occurrence,
    revisions.reference,
    revisions.paid_at as dated_at,
    revisions.revision_count
from temp.topup_revision as revisions
join organization on organization.organization_key = revisions.organization_key
where revisions.revision_rank = 1
order by owner, dated_at, revisions.identity, revisions.fact_occurrence;
