insert into grant_fact (
    grant_fact_id, id, file_id, line, organization_key, grant_id, kind, granted_at, granted_on,
    expires_at, amount_nanos, currency
)
select
    :position, :id, file_id, line, organization_key, grant_id, kind, granted_at, :dated_on,
    expires_at, amount_nanos, currency
from grant_row
where grant_row_id = :row_id;
