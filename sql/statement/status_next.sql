-- One row at most: the exception to look at first: the gravest, then the largest, then the newest.
select
    code,
    reference,
    explanation,
    next_action,
    id
from exception
order by
    case severity when 'error' then 1 when 'warning' then 2 else 3 end,
    amount_nanos desc,
    dated_on desc,
    id
limit 1;
