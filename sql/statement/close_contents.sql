-- One row per fact of an organization's month that a close covers, as it is now.
select
    kind,
    id,
    currency,
    amount_nanos,
    text,
    source
from fct_close_contents
where organization_id = :organization_id and month = :month
order by kind, id, currency;
