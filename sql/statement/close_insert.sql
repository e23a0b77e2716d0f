insert into closing (
    organization_id, month, sequence, next_month, policy, prepared_by, reviewed_by, statement,
    statement_sha256, contents_sha256, audit_id
)
values (
    :organization_id, :month, :sequence, :next_month, :policy, :prepared_by, :reviewed_by, :statement,
    :statement_sha256, :contents_sha256, :audit_id
);
