insert into grant_fact (
    grant_fact_id, id, file_id, line, organization_key, grant_id, kind, granted_at, granted_on,
    expires_at, amount_nanos, currency
)
select
    c1, c2, file_id, line, organization_key, grant_id, kind, granted_at, c4,
    expires_at, amount_nanos, currency
from rowsource
inner join grant_row on grant_row.grant_row_id = c0;
