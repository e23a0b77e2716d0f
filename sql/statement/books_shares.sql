-- One row per day and project of an organization's use of credit.
select
    organization_id,
    currency as credit_currency,
    day,
    project_id,
    project_name,
    class,
    drawn_nanos,
    overdrawn_nanos,
    day_paid_nanos
from fct_usage_shares
where
    policy = :policy
    and (:org is null or organization_id = :org)
order by organization_id, currency, day, project_id;
