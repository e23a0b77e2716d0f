-- Rows of burn.
insert into burn (policy, organization_key, day, credit_grant_id, drawn_nanos)
select c0, c1, c2, c3, c4
from rowsource;
