-- One row per line of the check lists that a preview of a close found.
select
    organization_id,
    month,
    position,
    code,
    state,
    finding,
    next_action
from temp.close_check
order by organization_id, month, position;
