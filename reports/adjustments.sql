-- title:   Adjustments
-- summary: Tax, conversion and fees between each credit and its charge; rates may be 2.5 % off, and tax is a cost unless the organizations table says otherwise.
-- files:   payments card
-- param:   org from until
-- column:  organization_id  text              Organization
-- column:  month            month             Month
-- column:  reference        text              Top-up
-- column:  cause            text              Cause
-- column:  amount           amount(currency)  Amount       total
-- column:  currency         text              Cur
-- column:  treatment        text              Treatment
-- column:  assumed          text              Assumed      data
-- column:  source           text              Told_by      wide
-- column:  explanation      text              Explanation  wide
-- column:  id               text              Id           wide
-- evidence: topups
-- formats: table csv json xlsx html pdf
select
    organization_id,
    month,
    reference,
    cause,
    amount_nanos as amount,
    currency,
    treatment,
    case is_assumed when 1 then 'assumed' else '' end as assumed,
    source,
    explanation,
    id
from fct_adjustments
where
    paid_on >= :from
    and paid_on < :until
    and (:org is null or organization_id = :org)
order by organization_id, paid_on, reference, id, cause, currency, amount_nanos, explanation;
