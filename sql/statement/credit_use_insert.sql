-- Rows of grant_use; c1 is the organization, which its grant tells.
insert into grant_use (policy, credit_grant_id, project_key, used_nanos)
select c0, c2, c3, c4
from rowsource;
