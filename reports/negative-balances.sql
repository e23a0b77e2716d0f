-- title:   Negative balances
-- summary: Every time an organization stood below zero: how deep, who caused it, what repaid it.
-- files:   payments cost
-- param:   org from until policy
-- column:  organization_id  text             Organization
-- column:  from             day              From
-- column:  until            day              Until
-- column:  lowest           money(currency)  Lowest
-- column:  caused_by        text             Caused_by     below
-- column:  repaid_by        text             Repaid_by     below
-- column:  currency         text             Cur
-- evidence: balances spend.day
-- formats: table csv json xlsx html pdf
select
    organization_id,
    from_on as "from",
    until_on as "until",
    lowest_nanos as lowest,
    caused_by,
    repaid_by,
    currency
from fct_overdrafts
where
    policy = :policy
    and from_on < :until
    and (until_on is null or until_on >= :from)
    and (:org is null or organization_id = :org)
order by organization_id, currency, from_on;
