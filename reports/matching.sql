-- title:   Matching
-- summary: How much money stands where, per month and leg: proved, interchangeable, suggested, not to be told apart, awaited, missing.
-- files:   payments
-- param:   org from until
-- column:  organization_id  text              Organization
-- column:  month            month             Month
-- column:  leg              text              Leg
-- column:  state            text              State
-- column:  payments         integer           Payments
-- column:  amount           amount(currency)  Amount
-- column:  currency         text              Cur
-- chart:   stack x=month y=amount series=state only=leg:both
-- evidence: topups
-- formats: table csv json xlsx html pdf
select
    organization_id,
    month,
    leg,
    state,
    count(*) as payments,
    sum(total_nanos) as amount,
    currency
from fct_matching
where
    paid_on >= :from
    and paid_on < :until
    and (:org is null or organization_id = :org)
group by organization_id, month, leg, state, currency
order by organization_id, month, leg, state, currency;
