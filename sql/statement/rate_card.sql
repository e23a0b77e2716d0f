-- The prices, those to prefer first: the user's, then the one that began last.
select
    rate_id,
    model,
    service_tier,
    token_kind,
    from_on,
    until_on,
    rate_nanos
from rate
order by
    model,
    service_tier,
    token_kind,
    case when file_id is null then 1 else 0 end,
    coalesce(from_on, '') desc,
    rate_nanos,
    rate_id;
