-- Every row of the log, in its order.
select
    audit_id,
    done_at,
    actor,
    action,
    subject,
    detail,
    previous,
    hash
from audit
order by audit_id;
