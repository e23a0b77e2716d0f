-- Rows of allocation_day.
insert into allocation_day (
    policy, organization_key, project_key, currency, day, drawn_nanos, overdrawn_nanos
)
select c0, c1, c2, c3, c4, c5, c6
from rowsource;
