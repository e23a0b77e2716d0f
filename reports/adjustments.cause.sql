-- title:   Adjustments by cause
-- summary: What tax, conversion and fees come to per organization, month and cause: the accepted differences that are weighed against materiality.
-- files:   payments card
-- param:   org from until
-- column:  organization_id  text              Organization
-- column:  month            month             Month
-- column:  cause            text              Cause
-- column:  treatment        text              Treatment
-- column:  lines            integer           Lines
-- column:  amount           amount(currency)  Amount        total
-- column:  currency         text              Cur
-- evidence: adjustments
-- formats: table csv json xlsx html pdf
select
    organization_id,
    month,
    cause,
    treatment,
    count(*) as lines,
    sum(amount_nanos) as amount,
    currency
from fct_adjustments
where
    paid_on >= :from
    and paid_on < :until
    and (:org is null or organization_id = :org)
group by organization_id, month, cause, treatment, currency
order by organization_id, month, cause, treatment, currency;
