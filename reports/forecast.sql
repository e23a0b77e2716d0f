-- title:   Forecast
-- summary: When each balance hits zero and what expires unused, at the mean daily burn of the trailing 28 complete days.
-- param:   org policy
-- column:  organization_id  text             Organization
-- column:  day              day              As_of
-- column:  balance          money(currency)  Balance
-- column:  mean_daily_burn  money(currency)  Daily_burn
-- column:  days             integer          Over_days
-- column:  zero_on          day              Zero_on
-- column:  days_left        integer          Days_left
-- column:  forecast_unused  money(currency)  Unused
-- column:  opening          text             Opening  wide
-- column:  currency         text             Cur
-- evidence: balances spend.day
-- formats: table csv json xlsx html pdf
select
    fct_forecasts.organization_id,
    fct_forecasts.as_of_day as day,
    fct_forecasts.balance_nanos as balance,
    fct_forecasts.mean_daily_burn_nanos as mean_daily_burn,
    fct_forecasts.day_count as days,
    fct_forecasts.zero_on,
    fct_forecasts.days_left,
    fct_forecasts.unused_nanos as forecast_unused,
    case when fct_openings.is_known = 1 then fct_openings.evidence else 'assumed zero' end as opening,
    fct_forecasts.currency
from fct_forecasts
left join fct_openings
    on fct_forecasts.organization_id = fct_openings.organization_id
    and fct_forecasts.currency = fct_openings.currency
where
    fct_forecasts.policy = :policy
    and (:org is null or fct_forecasts.organization_id = :org)
order by fct_forecasts.organization_id, fct_forecasts.currency;
