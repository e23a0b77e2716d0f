-- title:   Auto-recharge audit
-- summary: Credit bought per UTC month, before tax, against the stated cap and threshold of auto-recharge.
-- files:   payments recharge
-- param:   org from until
-- column:  organization_id  text             Organization
-- column:  month            month            Month
-- column:  automatic_count  integer          Auto
-- column:  automatic        money(currency)  Automatic       total
-- column:  manual_count     integer          Manual
-- column:  manual           money(currency)  By_hand         total
-- column:  unstated_count   integer          Unstated        wide
-- column:  unstated         money(currency)  Kind_unstated   total wide
-- column:  all              money(currency)  All             data
-- column:  cap              money(currency)  Cap
-- column:  cap_state        text             Cap_is
-- column:  threshold        money(currency)  Threshold
-- column:  threshold_basis  text             Which_is        wide
-- column:  suspect_count    integer          Suspect
-- column:  suspect          money(currency)  Suspect_amount  total wide
-- column:  explanation      text             Found           below
-- column:  currency         text             Cur
-- evidence: topups
-- formats: table csv json xlsx html pdf
select
    organization_id,
    month,
    automatic_count,
    automatic_nanos as automatic,
    manual_count,
    manual_nanos as manual,
    nullif(unstated_count, 0) as unstated_count,
    nullif(unstated_nanos, 0) as unstated,
    all_nanos as "all",
    cap_nanos as cap,
    cap_state,
    threshold_nanos as threshold,
    threshold_basis,
    nullif(suspect_count, 0) as suspect_count,
    nullif(suspect_nanos, 0) as suspect,
    explanation,
    currency
from fct_recharges
where
    month >= substr(:from, 1, 7)
    and month || '-01' < :until
    and (:org is null or organization_id = :org)
order by organization_id, currency, month;
