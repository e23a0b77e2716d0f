insert into charge_use (policy, charge_id, use, project_key, share_ppm, amount_nanos)
select c0, c1, c2, c3, c4, c5
from rowsource;
