-- Every row of the log, in its order; is_typed is 0 where a column holds another type than was written.
select
    audit_id,
    done_at,
    actor,
    action,
    subject,
    detail,
    previous,
    hash,
    typeof(audit_id) = 'integer'
    and typeof(done_at) = 'integer'
    and typeof(actor) = 'text'
    and typeof(action) = 'text'
    and typeof(subject) = 'text'
    and typeof(detail) = 'text'
    and typeof(previous) = 'text'
    and typeof(hash) = 'text' as is_typed
from audit
order by audit_id;
