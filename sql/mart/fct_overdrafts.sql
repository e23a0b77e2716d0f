-- One row per burn policy and episode below zero.
--
-- grain    policy, organization_id, currency, from_on
-- reads    overdraft, organization
-- read by  reports/negative-balances
create view fct_overdrafts as
select
    overdraft.policy,
    organization.organization_id,
    overdraft.currency,
    overdraft.from_on,
    overdraft.until_on,
    overdraft.lowest_nanos,
    overdraft.caused_by,
    overdraft.repaid_by
from overdraft
inner join organization on overdraft.organization_key = organization.organization_key;
