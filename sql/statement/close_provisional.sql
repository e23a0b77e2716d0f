-- One row per currency with provisional days from :first to :last: how many, the first, and their cost.
select
    count(distinct day) as day_count,
    min(day) as day,
    sum(cost_nanos) as cost_nanos,
    currency
from cost_day
where
    organization_key = :organization_key
    and is_provisional = 1
    and day >= :first
    and day <= :last
group by currency
order by currency;
