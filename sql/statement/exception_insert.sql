insert into exception (
    room, code, severity, organization_key, project_key, dated_on, amount_nanos, currency,
    reference, file_id, line, explanation, next_action, id, subject
)
values (
    :room, :code, :severity, :organization_key, :project_key, :dated_on, :amount_nanos, :currency,
    :reference, :file_id, :line, :explanation, :next_action, :id,
    :subject
);
