-- One row per fact of an organization's month that a close covers, as it is now. Reads what close_gather_contents left.
select
    kind,
    id,
    currency,
    amount_nanos,
    text,
    source
from temp.close_content
where organization_id = :organization_id
order by kind, id, currency;
