-- One row per verdict, with the row of the log that it names; and per act of judging whose verdict is not there.
select
    verdict.verdict_id,
    verdict.organization_id,
    verdict.project_id,
    verdict.currency,
    verdict.from_on,
    verdict.until_on,
    verdict.verdict,
    verdict.excess_nanos,
    verdict.why,
    verdict.decided_by,
    verdict.decided_at,
    coalesce(audit.audit_id, 0) as audit_id,
    coalesce(audit.done_at, 0) as done_at,
    coalesce(audit.actor, '') as actor,
    coalesce(audit.subject, '') as subject,
    coalesce(audit.detail, '') as detail
from verdict
left join audit on verdict.audit_id = audit.audit_id and audit.action = 'verdict'
union all
select
    0 as verdict_id,
    '' as organization_id,
    '' as project_id,
    '' as currency,
    '' as from_on,
    '' as until_on,
    '' as verdict,
    0 as excess_nanos,
    '' as why,
    '' as decided_by,
    0 as decided_at,
    audit.audit_id,
    audit.done_at,
    audit.actor,
    audit.subject,
    audit.detail
from audit
left join verdict on audit.audit_id = verdict.audit_id
where audit.action = 'verdict' and verdict.audit_id is null
order by 12, 1;
