-- One row per card charge that paid a top-up that gave credit, or a part of it.
select
    organization_id,
    credit_currency,
    topup_id,
    account,
    dated_on,
    amount_nanos,
    currency,
    fee_nanos,
    fee_currency,
    paid_nanos,
    variance_nanos,
    id
from fct_payment_charges
where :org is null or organization_id = :org
order by organization_id, credit_currency, paid_on, topup_id, dated_on, id;
