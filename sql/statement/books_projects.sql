-- One row per project that used an organization's credit.
select distinct
    organization_id,
    currency as credit_currency,
    project_id,
    project_name,
    class
from fct_usage_shares
where
    policy = :policy
    and (:org is null or organization_id = :org)
order by organization_id, currency, project_id;
