-- title:   Top-ups by state
-- summary: How many payments of each month have their receipt and card charge, and the credit that they bought.
-- files:   payments
-- param:   org from until
-- column:  organization_id  text                     Organization
-- column:  month            month                    Month
-- column:  status           text                     Status
-- column:  state            text                     State
-- column:  topups           integer                  Top-ups
-- column:  credit           amount(credit_currency)  Credit   total
-- column:  credit_currency  text                     Cur
-- totals:  is_settled  paid and refunded payments
-- evidence: topups
-- formats: table csv json xlsx html pdf
select
    organization_id,
    substr(paid_on, 1, 7) as month,
    status,
    case when status in ('paid', 'refunded', 'pending') then coalesce(state, '') else '' end as state,
    count(*) as topups,
    sum(credit_nanos) as credit,
    credit_currency,
    case when status in ('paid', 'refunded') then 1 else 0 end as is_settled
from fct_topups
where
    paid_on >= :from
    and paid_on < :until
    and (:org is null or organization_id = :org)
group by
    organization_id,
    substr(paid_on, 1, 7),
    status,
    case when status in ('paid', 'refunded', 'pending') then coalesce(state, '') else '' end,
    credit_currency
order by organization_id, month, status, 4, credit_currency;
