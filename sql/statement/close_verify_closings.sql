-- One row per close, with the row of the log that records it; null: there is none.
select
    closing.organization_id,
    closing.month,
    closing.sequence,
    closing.next_month,
    closing.policy,
    closing.prepared_by,
    closing.reviewed_by,
    closing.statement,
    closing.statement_sha256,
    closing.contents_sha256,
    closing.audit_id,
    coalesce(audit.action, '') as action,
    coalesce(audit.subject, '') as subject,
    coalesce(audit.detail, '') as detail
from closing
left join audit on closing.audit_id = audit.audit_id
order by closing.organization_id, closing.month, closing.sequence;
