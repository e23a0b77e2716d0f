-- One row per open exception of an organization (:organization_key; 0: of none) dated on or before :last, and its age
-- at the end of that day. Reads what close_gather left.
select
    close_open.code,
    close_open.severity,
    close_open.dated_on,
    close_open.amount_nanos,
    close_open.currency,
    close_open.reference,
    coalesce(last_day.day_number - close_open.day_number, 0) as age_days
from temp.close_open
left join calendar as last_day on last_day.day = :last
where
    close_open.organization_key = :organization_key
    and close_open.dated_on <= :last
order by
    case close_open.severity when 'error' then 1 when 'warning' then 2 else 3 end,
    close_open.code,
    close_open.currency,
    close_open.dated_on,
    close_open.id;
