-- One row per burn policy, organization, credit currency and UTC day: where it stands at the day's end.
--
-- grain    policy, organization_id, currency, day
-- reads    balance_day, organization, fct_sightings
-- read by  reports/balances, fct_rollforward
--
-- observed is the day's last observed balance, null when none was: fct_sightings says what of it is
-- unexplained and since when.
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
    balance_day.adjustment_nanos,
    fct_sightings.observed_nanos,
    fct_sightings.unexplained_nanos,
    fct_sightings.unexplained_since
from balance_day
inner join organization on balance_day.organization_key = organization.organization_key
left join fct_sightings
    on balance_day.policy = fct_sightings.policy
    and organization.organization_id = fct_sightings.organization_id
    and balance_day.currency = fct_sightings.currency
    and balance_day.day = fct_sightings.day
    and fct_sightings.from_day_end = 1;
