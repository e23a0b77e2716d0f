-- One row per decision that the log or a table tells of, with the act that the log records as the decision's: the
-- first act of deciding is decision 1's, and so on. audit_id is null where there is no such act.
with acts as (
    select
        audit_id,
        done_at,
        actor,
        action,
        subject,
        detail,
        row_number() over (order by audit_id) as decision_id
    from audit
    where action in ('accept', 'reject', 'settle', 'adjust', 'undo')
),

told (decision_id) as (
    select decision_id from decision
    union
    select decision_id from acts
    union
    select decision_id from decision_fact
    union
    select decision_id from decision_source
    union
    select decision_id from decision_end
    union
    select ended_by from decision_end
)

select
    told.decision_id,
    decision.decision_id is not null as is_there,
    acts.audit_id,
    coalesce(acts.done_at, 0) as done_at,
    coalesce(acts.actor, '') as actor,
    coalesce(acts.action, '') as action,
    coalesce(acts.subject, '') as subject,
    coalesce(acts.detail, '') as detail
from told
left join decision on told.decision_id = decision.decision_id
left join acts on told.decision_id = acts.decision_id
order by told.decision_id;
