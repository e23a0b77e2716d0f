-- One row per act that changed the ledger, in their order.
--
-- grain    audit_id
-- reads    audit
-- read by  reports/audit
--
-- detail is the log's, with '; ' in place of its line ends.
create view fct_audit as
select
    audit_id,
    done_at,
    actor,
    action,
    subject,
    replace(detail, '
', '; ') as detail,
    hash
from audit;
