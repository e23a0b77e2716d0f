-- Keeps one credit grant.
insert into grant_row (
    file_id, line, organization_key, grant_id, kind, granted_at, expires_at,
    amount_nanos, currency, identity, occurrence
)
values (
    :file_id, :line, :organization_key, :grant_id, :kind, :granted_at,
    :expires_at, :amount_nanos, :currency, :identity, :occurrence
);
