-- One row per burn policy, organization and credit currency: what goes on at the present burn.
--
-- grain    policy, organization_id, currency
-- reads    forecast, balance_day, grant_balance, credit_grant, organization, calendar
-- read by  reports/forecast
--
-- zero_on is null when the balance hits zero on none of the next 800 days, or stands there already.
create view fct_forecasts as
with unused as (
    select
        grant_balance.policy,
        credit_grant.organization_key,
        credit_grant.currency,
        sum(grant_balance.forecast_unused_nanos) as unused_nanos
    from grant_balance
    inner join credit_grant on grant_balance.credit_grant_id = credit_grant.credit_grant_id
    group by grant_balance.policy, credit_grant.organization_key, credit_grant.currency
)

select
    forecast.policy,
    organization.organization_id,
    forecast.currency,
    forecast.as_of_day,
    balance_day.paid_nanos + balance_day.free_nanos - balance_day.overdraft_nanos as balance_nanos,
    forecast.mean_daily_burn_nanos,
    forecast.day_count,
    forecast.zero_on,
    zero_days.day_number - as_of_days.day_number as days_left,
    coalesce(unused.unused_nanos, 0) as unused_nanos
from forecast
inner join organization on forecast.organization_key = organization.organization_key
inner join balance_day
    on forecast.policy = balance_day.policy
    and forecast.organization_key = balance_day.organization_key
    and forecast.currency = balance_day.currency
    and forecast.as_of_day = balance_day.day
left join unused
    on forecast.policy = unused.policy
    and forecast.organization_key = unused.organization_key
    and forecast.currency = unused.currency
left join calendar as as_of_days on forecast.as_of_day = as_of_days.day
left join calendar as zero_days on forecast.zero_on = zero_days.day;
