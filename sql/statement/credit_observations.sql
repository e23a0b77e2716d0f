-- One row per balance seen at an organization that prepays.
select
    observation.observation_id,
    observation.organization_key,
    observation.observed_at,
    observation.observed_on,
    observation.balance_nanos,
    observation.currency,
    observation.file_id,
    observation.line
from observation
inner join organization using (organization_key)
inner join organization_fact using (organization_key)
where organization_fact.billing_mode <> 'invoiced'
order by organization.organization_id, observation.observed_at, observation.observation_id;
