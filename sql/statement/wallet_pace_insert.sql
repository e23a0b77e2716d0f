insert into budget_pace (
    file_id, line, as_of_on, covered_day_count, complete_day_count, day_count, settled_nanos,
    even_nanos, mean_daily_nanos, mean_day_count, forecast_nanos, exceeds_on, state
)
values (
    :file_id, :line, :as_of_on, :covered_day_count, :complete_day_count, :day_count,
    :settled_nanos, :even_nanos, :mean_daily_nanos, :mean_day_count, :forecast_nanos, :exceeds_on,
    :state
);
