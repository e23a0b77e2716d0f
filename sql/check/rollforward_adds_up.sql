-- One row per month whose closing is not its opening, what was restated since, and its movements.
select
    organization_id || ' ' || month || ' ' || currency || ' (' || policy
    || '): opening, restatement and movements do not add up to the closing' as problem
from fct_rollforward
where
    opening_nanos + restated_nanos + topup_nanos + grant_nanos - usage_nanos - expired_nanos
    - withdrawn_nanos + adjustment_nanos <> closing_nanos
    or closing_paid_nanos + closing_free_nanos - closing_overdraft_nanos <> closing_nanos
order by policy, organization_id, currency, month;
