-- title:   Audit log
-- summary: Who did what to the ledger, and when, in order; `trueup verify` proves it.
-- column:  number   integer  Row
-- column:  done_at  instant  Done_(UTC)
-- column:  actor    text     Actor
-- column:  action   text     Action
-- column:  subject  text     Subject
-- column:  detail   text     Detail      below
-- column:  hash     text     Hash        data
-- formats: table csv json xlsx html pdf
select
    audit_id as number,
    done_at,
    actor,
    action,
    subject,
    detail,
    hash
from fct_audit
order by audit_id;
