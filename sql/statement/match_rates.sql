-- One row per rate, by pair and day.
select base, quote, day, rate_nanos
from fx_rate
where rate_nanos > 0
order by base, quote, day;
