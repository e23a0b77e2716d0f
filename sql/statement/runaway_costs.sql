-- One row per project (0: none) and day of an organization and currency that has cost, in no order.
select
    coalesce(project_key, 0) as project_key,
    day,
    amount_nanos,
    is_provisional,
    is_estimated
from int_judged_days
where organization_key = :organization_key and currency = :currency;
