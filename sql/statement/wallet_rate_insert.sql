insert into charge_rate (charge_id, original_nanos, original_currency, rate_nanos, source)
select c0, c1, c2, c3, c4
from rowsource;
