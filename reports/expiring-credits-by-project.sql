-- title:   Expiring credits by project (an allocation)
-- summary: Each project's share, by use, of the credits that expire within 90 days: an allocation.
-- files:   payments cost
-- param:   org project policy
-- column:  organization_id     text             Organization
-- column:  project_id          text             Project        wide
-- column:  project_name        text             Name
-- column:  share               share            Share
-- column:  allocated_expiring  money(currency)  Allocated      total
-- column:  basis               text             Basis
-- column:  currency            text             Cur
-- evidence: expiring-credits spend.day
-- formats: table csv json xlsx html pdf
select
    organization_id,
    project_id,
    project_name,
    share_ppm as share,
    allocated_nanos as allocated_expiring,
    basis,
    currency
from fct_expiring_allocations
where
    policy = :policy
    and (:org is null or organization_id = :org)
    and (:project is null or project_id = :project)
order by organization_id, currency, allocated_nanos desc, project_id;
