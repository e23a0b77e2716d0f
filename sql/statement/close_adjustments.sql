-- One row per cause and currency of what stands between the credit of a month's payments and what their cards lost.
select
    cause,
    currency,
    count(*) as adjustment_count,
    sum(case when amount_nanos > 0 then amount_nanos else 0 end) as positive_nanos,
    sum(case when amount_nanos < 0 then amount_nanos else 0 end) as negative_nanos
from fct_adjustments
where organization_id = :organization_id and month = :month
group by cause, currency
order by cause, currency;
