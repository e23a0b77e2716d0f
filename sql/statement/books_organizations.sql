-- One row per organization that prepays, and credit currency that it has a balance in: its last covered day.
select
    organization.organization_id,
    organization.name,
    balance_day.currency,
    max(balance_day.day) as last_on
from balance_day
inner join organization on balance_day.organization_key = organization.organization_key
where
    balance_day.policy = :policy
    and (:org is null or organization.organization_id = :org)
group by organization.organization_id, organization.name, balance_day.currency
order by organization.organization_id, balance_day.currency;
