-- title:   Timing differences
-- summary: Payments of one month whose charge stands in another month's statement: both right, and rolled forward.
-- files:   payments card
-- param:   org from until
-- column:  organization_id  text              Organization
-- column:  reference        text              Top-up
-- column:  paid_on          day               Paid
-- column:  payment_month    month             Paid_in       data
-- column:  charged_on       day               Charged
-- column:  charge_month     month             Charged_in    data
-- column:  amount           amount(currency)  Amount        total
-- column:  currency         text              Cur
-- column:  card_source      text              Card_source   wide
-- column:  card_line        integer           Line          wide
-- column:  charge_id        text              Charge        data
-- column:  id               text              Id            wide
-- evidence: topups charges
-- formats: table csv json xlsx html pdf
select
    organization_id,
    reference,
    paid_on,
    payment_month,
    charged_on,
    charge_month,
    paid_nanos as amount,
    currency,
    card_source,
    card_line,
    charge_id,
    id
from fct_timing_differences
where
    paid_on >= :from
    and paid_on < :until
    and (:org is null or organization_id = :org)
order by organization_id, paid_on, reference, id, charge_id;
