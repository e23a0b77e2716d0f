-- title:   Closed months
-- summary: Every close of a month: what it signed, by whom, and whether the sign-off still stands.
-- param:   org from until
-- column:  organization_id  text             Organization
-- column:  month            month            Month
-- column:  sequence         integer          Close
-- column:  state            text             State
-- column:  closing          money(currency)  Closing
-- column:  prepared_by      text             Prepared_by
-- column:  reviewed_by      text             Reviewed_by
-- column:  waivers          integer          Waived
-- column:  reopened_for     text             Reopened     below
-- column:  closed_at        instant          Closed_(UTC)  wide
-- column:  statement        text             Statement    data
-- column:  currency         text             Cur
-- evidence: rollforward
-- formats: table csv json xlsx html pdf
select
    organization_id,
    month,
    sequence,
    state,
    closing_nanos as closing,
    prepared_by,
    reviewed_by,
    waiver_count as waivers,
    reopened_for,
    closed_at,
    statement_sha256 as statement,
    currency
from fct_closings
where
    month >= substr(:from, 1, 7)
    and month || '-01' < :until
    and (:org is null or organization_id = :org)
order by organization_id, month, sequence, currency;
