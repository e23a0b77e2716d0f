-- One row of forecast.
insert into forecast (
    policy, organization_key, currency, as_of_day, mean_daily_burn_nanos, day_count, zero_on
)
values (
    :policy, :organization_key, :currency, :as_of_day, :mean_daily_burn_nanos, :day_count, :zero_on
);
