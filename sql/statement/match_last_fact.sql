-- One row: the instant of the ledger's last fact, 0 in an empty ledger.
select max(last_at) as last_at
from (
    select coalesce(max(paid_at), 0) as last_at from topup
    union all
    select coalesce(max(paid_from), 0) from receipt
    union all
    select coalesce(max(purchased_from), 0) from charge
    union all
    select coalesce(max(observed_at), 0) from observation
    union all
    select 86400 * coalesce(max(calendar.day_number), 0)
    from calendar
    join organization_fact on organization_fact.cost_until = calendar.day
) as facts;
