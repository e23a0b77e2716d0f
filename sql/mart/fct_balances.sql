-- One row per burn policy, organization, credit currency and UTC day: where it stands at the day's end.
--
-- grain    policy, organization_id, currency, day
-- reads    balance_day, organization
-- read by  reports/balances, fct_rollforward
create view fct_balances as
select
    balance_day.policy,
    organization.organization_id,
    balance_day.currency,
    balance_day.day,
    substr(balance_day.day, 1, 7) as month,
    balance_day.paid_nanos + balance_day.free_nanos - balance_day.overdraft_nanos as balance_nanos,
    balance_day.paid_nanos,
    balance_day.free_nanos,
    balance_day.overdraft_nanos,
    balance_day.topup_nanos,
    balance_day.grant_nanos,
    balance_day.usage_nanos,
    balance_day.expired_nanos,
    balance_day.withdrawn_nanos,
    balance_day.adjustment_nanos
from balance_day
inner join organization on balance_day.organization_key = organization.organization_key;
