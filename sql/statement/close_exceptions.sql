-- One row per open exception of an organization (:organization_key; 0: of none) dated on or before :last, and its age
-- at the end of that day.
select
    exception.code,
    exception.severity,
    exception.dated_on,
    exception.amount_nanos,
    exception.currency,
    exception.reference,
    coalesce(last_day.day_number - calendar.day_number, 0) as age_days
from exception
left join calendar on exception.dated_on = calendar.day
left join calendar as last_day on last_day.day = :last
where
    coalesce(exception.organization_key, 0) = :organization_key
    and exception.dated_on <= :last
order by
    case exception.severity when 'error' then 1 when 'warning' then 2 else 3 end,
    exception.code,
    exception.currency,
    exception.dated_on,
    exception.id;
