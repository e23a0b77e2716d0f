-- title:   Balances
-- summary: What each organization had left at the end of every UTC day.
-- files:   payments cost
-- param:   org from until policy
-- column:  organization_id    text             Organization
-- column:  day                day              Day
-- column:  balance            money(currency)  Balance
-- column:  paid               money(currency)  Paid
-- column:  free               money(currency)  Free
-- column:  overdraft          money(currency)  Overdraft
-- column:  observed           money(currency)  Observed
-- column:  unexplained        money(currency)  Unexplained
-- column:  unexplained_since  day              Since
-- column:  currency           text             Cur
-- column:  topups             money(currency)  Top-ups    data
-- column:  grants             money(currency)  Grants     data
-- column:  expired            money(currency)  Expired    data
-- chart:   lines x=day y=balance series=organization_id marks=topups,grants,expired below=overdraft
-- evidence: topups grants spend.day
-- formats: table csv json xlsx html pdf
select
    organization_id,
    day,
    balance_nanos as balance,
    paid_nanos as paid,
    free_nanos as free,
    overdraft_nanos as overdraft,
    observed_nanos as observed,
    unexplained_nanos as unexplained,
    unexplained_since,
    currency,
    topup_nanos as topups,
    grant_nanos as grants,
    expired_nanos as expired
from fct_balances
where
    policy = :policy
    and day >= :from
    and day < :until
    and (:org is null or organization_id = :org)
order by organization_id, currency, day;
