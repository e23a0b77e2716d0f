-- One row per top-up that gave credit.
select
    organization_id,
    credit_currency,
    paid_on,
    reference,
    credit_nanos,
    tax_nanos,
    tax_treatment,
    total_nanos,
    currency,
    is_refunded,
    refunded_on,
    refunded_credit_nanos,
    refunded_total_nanos,
    difference_causes,
    id
from fct_payments
where :org is null or organization_id = :org
order by organization_id, credit_currency, paid_on, id;
