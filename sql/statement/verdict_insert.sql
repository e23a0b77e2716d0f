insert into verdict (
    verdict_id, organization_id, project_id, currency, from_on, until_on, verdict, excess_nanos,
    why, decided_by, decided_at, audit_id
)
values (
    :verdict_id, :organization_id, :project_id, :currency, :from_on, :until_on, :verdict,
    :excess_nanos, :why, :decided_by, :decided_at, :audit_id
);
