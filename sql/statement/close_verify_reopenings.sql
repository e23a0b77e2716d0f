-- One row per reopening, with the row of the log that records it; null: there is none.
select
    reopening.organization_id,
    reopening.month,
    reopening.sequence,
    reopening.reason,
    coalesce(audit.action, '') as action,
    coalesce(audit.subject, '') as subject,
    coalesce(audit.detail, '') as detail
from reopening
left join audit on reopening.audit_id = audit.audit_id
order by reopening.organization_id, reopening.month, reopening.sequence;
