-- title:   Roll-forward of prepaid credits
-- summary: Opening to closing balance of each organization and month, against what was observed.
-- files:   payments cost
-- param:   org from until policy
-- column:  organization_id  text             Organization
-- column:  month            month            Month
-- column:  opening          money(currency)  Opening
-- column:  restated         money(currency)  Restated
-- column:  topups           money(currency)  Top-ups
-- column:  grants           money(currency)  Grants
-- column:  usage            money(currency)  Usage
-- column:  expired          money(currency)  Expired
-- column:  withdrawn        money(currency)  Withdrawn
-- column:  adjustments      money(currency)  Adjustments
-- column:  closing          money(currency)  Closing
-- column:  observed         money(currency)  Observed
-- column:  unexplained      money(currency)  Unexplained
-- column:  currency         text             Cur
-- evidence: balances topups grants spend
-- formats: table csv json xlsx html pdf
select
    organization_id,
    month,
    opening_nanos as opening,
    restated_nanos as restated,
    topup_nanos as topups,
    grant_nanos as grants,
    usage_nanos as usage,
    expired_nanos as expired,
    withdrawn_nanos as withdrawn,
    adjustment_nanos as adjustments,
    closing_nanos as closing,
    observed_nanos as observed,
    unexplained_nanos as unexplained,
    currency
from fct_rollforward
where
    policy = :policy
    and month >= substr(:from, 1, 7)
    and month || '-01' < :until
    and (:org is null or organization_id = :org)
order by organization_id, currency, month;
