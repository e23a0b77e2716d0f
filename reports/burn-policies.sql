-- title:   Burn policies compared
-- summary: Where free-first and expiry-first let another amount of credit expire; empty where they agree.
-- param:   org from until
-- column:  organization_id  text             Organization
-- column:  month            month            Month
-- column:  kind             text             Kind
-- column:  free_first       money(currency)  Free_first    total
-- column:  expiry_first     money(currency)  Expiry_first  total
-- column:  difference       money(currency)  Difference    total
-- column:  currency         text             Cur
-- evidence: grants
-- formats: table csv json xlsx html pdf
select
    organization_id,
    month,
    kind,
    free_first_nanos as free_first,
    expiry_first_nanos as expiry_first,
    difference_nanos as difference,
    currency
from fct_burn_policies
where
    month >= substr(:from, 1, 7)
    and month || '-01' < :until
    and (:org is null or organization_id = :org)
order by organization_id, currency, month, kind;
