-- One row of credit_grant.
insert into credit_grant (
    credit_grant_id, organization_key, currency, reference, kind, is_free, granted_at,
    granted_on, expires_at, expires_on, face_nanos, topup_id, grant_fact_id, file_id, line
)
values (
    :credit_grant_id, :organization_key, :currency, :reference, :kind, :is_free, :granted_at,
    :granted_on, :expires_at, :expires_on, :face_nanos, :topup_id, :grant_fact_id, :file_id, :line
);
