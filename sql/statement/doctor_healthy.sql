-- One row per organization, or for the one of :org, of which nothing is found: how far its cost is known.
select
    organization.organization_id,
    organization.name,
    organization_fact.cost_until
from organization
inner join organization_fact on organization.organization_key = organization_fact.organization_key
where
    (:org is null or organization.organization_id = :org)
    and not exists (
        select 1
        from diagnosis
        where diagnosis.organization_key = organization.organization_key
    )
order by organization.organization_id;
