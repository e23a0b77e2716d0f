insert into charge_purpose (policy, charge_id, projects, purposes, unknown)
select c0, c1, c2, c3, c4
from rowsource;
