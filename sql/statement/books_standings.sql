-- One row per day of an organization's credit: where paid credit and overdraft stand at its end.
select
    organization_id,
    currency as credit_currency,
    day,
    paid_nanos,
    overdraft_nanos
from fct_balances
where
    policy = :policy
    and (:org is null or organization_id = :org)
order by organization_id, currency, day;
