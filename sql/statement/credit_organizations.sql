-- One row per organization that prepays: the days its credits are followed through.
select
    organization.organization_key,
    organization.organization_id,
    organization_fact.first_on,
    organization_fact.cost_from,
    organization_fact.cost_until
from organization_fact
inner join organization using (organization_key)
where organization_fact.billing_mode <> 'invoiced'
order by organization.organization_id;
