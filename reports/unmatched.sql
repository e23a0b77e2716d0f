-- title:   Facts without a counterpart
-- summary: Every top-up, receipt and card charge that lacks its other side, and why.
-- files:   payments
-- param:   org from until
-- column:  kind             text              Kind
-- column:  source           text              Source        wide
-- column:  line             integer           Line          wide
-- column:  organization_id  text              Organization  wide
-- column:  date             day               Date
-- column:  amount           amount(currency)  Amount
-- column:  currency         text              Cur
-- column:  description      text              Description
-- column:  why              text              Why
-- column:  id               text              Id
-- formats: table csv json xlsx html pdf
select
    kind,
    source,
    line,
    organization_id,
    dated_on as date,
    amount_nanos as amount,
    currency,
    description,
    why,
    id
from fct_unmatched
where
    dated_on >= :from
    and dated_on < :until
    and (:org is null or organization_id = :org)
order by dated_on, kind, source, line, why, id;
