-- Rows of grant_use.
insert into grant_use (policy, credit_grant_id, project_key, used_nanos)
select c0, c1, c2, c3
from rowsource;
