-- One row per limit that a preview of a close found.
select
    organization_id,
    month,
    currency,
    limit_nanos,
    rule
from temp.close_materiality
order by organization_id, month, currency;
