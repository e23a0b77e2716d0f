-- One row per balance seen, in the order of the ids.
select
    observations.file_id,
    observations.line,
    observations.organization_key,
    observations.observed_at,
    observations.balance_nanos,
    observations.currency
from stg_observations as observations
join organization on organization.organization_key = observations.organization_key
order by
    organization.organization_id,
    observations.observed_at,
    observations.currency,
    observations.balance_nanos;
