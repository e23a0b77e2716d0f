-- Rows of credit_grant.
insert into credit_grant (
    credit_grant_id, organization_key, currency, reference, kind, is_free, granted_at,
    granted_on, expires_at, expires_on, face_nanos, topup_id, grant_fact_id, file_id, line
)
select c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14
from rowsource;
