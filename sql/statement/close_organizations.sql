-- One row per organization that has a fact on or before :last, of one where :org is stated.
select
    organization_fact.organization_key,
    organization.organization_id,
    organization.name,
    organization_fact.billing_mode,
    organization_fact.cost_from,
    organization_fact.materiality_nanos,
    organization_fact.materiality_ppm
from organization_fact
inner join organization
    on organization_fact.organization_key = organization.organization_key
where
    organization_fact.first_on <= :last
    and (:org is null or organization.organization_id = :org)
order by organization.organization_id;
