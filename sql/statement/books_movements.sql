-- One row per movement of credit, in the order in which books take them.
select
    organization_id,
    currency as credit_currency,
    day,
    kind,
    reference,
    prepaid_nanos,
    free_nanos,
    accrued_nanos,
    id
from fct_credit_movements
where
    policy = :policy
    and (:org is null or organization_id = :org)
order by
    organization_id,
    currency,
    day,
    case kind
        when 'opening' then 1
        when 'grant' then 2
        when 'topup' then 3
        when 'expiry' then 4
        when 'refund' then 5
        else 6
    end,
    reference,
    id;
