-- title:   Closing balances
-- summary: What each organization had left at the end of each month, what stands above zero and what below apart.
-- files:   payments cost
-- param:   org from until policy
-- column:  organization_id  text             Organization
-- column:  month            month            Month
-- column:  paid             money(currency)  Paid_credit   total
-- column:  free             money(currency)  Free_credit   total
-- column:  positive         money(currency)  Positive      total
-- column:  overdraft        money(currency)  Negative      total
-- column:  closing          money(currency)  Closing       total
-- column:  currency         text             Cur
-- totals:  is_last  at the end of the last month
-- evidence: balances
-- formats: table csv json xlsx html pdf
select
    organization_id,
    month,
    closing_paid_nanos as paid,
    closing_free_nanos as free,
    closing_paid_nanos + closing_free_nanos as positive,
    -closing_overdraft_nanos as overdraft,
    closing_nanos as closing,
    currency,
    case when month = max(month) over () then 1 else 0 end as is_last
from fct_rollforward
where
    policy = :policy
    and month >= substr(:from, 1, 7)
    and month || '-01' < :until
    and (:org is null or organization_id = :org)
order by organization_id, currency, month;
