-- title:   Check list
-- summary: What must hold before a month is signed: as it was signed, or as it is now where the month is not closed.
-- param:   org from until
-- column:  organization_id  text     Organization
-- column:  month            month    Month
-- column:  code             text     Check
-- column:  state            text     State
-- column:  as_of            text     As_of      wide
-- column:  finding          text     Finding    below
-- column:  reason           text     Waived_because  below
-- column:  next_action      text     Next       below
-- column:  position         integer  Position   data
-- needs:   close
-- evidence: exceptions
-- formats: table csv json xlsx html pdf
with checks as (
    select
        organization_id,
        month,
        position,
        code,
        state,
        'signed' as as_of,
        finding,
        reason,
        '' as next_action
    from fct_signed_checks

    union all

    select
        organization_id,
        month,
        position,
        code,
        state,
        'now' as as_of,
        finding,
        '' as reason,
        next_action
    from close_check
)

select
    organization_id,
    month,
    code,
    state,
    as_of,
    finding,
    reason,
    next_action,
    position
from checks
where
    month >= substr(:from, 1, 7)
    and month || '-01' < :until
    and (:org is null or organization_id = :org)
order by organization_id, month, position;
