-- One row per act of closing or reopening whose row is not there, or is another's.
select
    audit.audit_id,
    audit.action,
    audit.subject
from audit
left join closing
    on audit.audit_id = closing.audit_id
    and audit.action = 'close'
left join reopening
    on audit.audit_id = reopening.audit_id
    and audit.action = 'reopen'
where
    audit.action in ('close', 'reopen')
    and closing.audit_id is null
    and reopening.audit_id is null
order by audit.audit_id;
