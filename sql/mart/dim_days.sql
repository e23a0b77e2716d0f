-- One row per UTC day since the month of the first fact: its month and week, and the later day that it is compared with.
--
-- grain    day
-- reads    calendar
-- read by  fct_compared_days, fct_spend
--
-- A week is Monday to Sunday and called by its Sunday, the day that it ends on. Of the next month it is the day of the
-- same number, in a shorter month the last.
create view dim_days as
with days as (
    select * from calendar
),

months as (
    select
        month,
        min(day_number) as first_number,
        max(day_number) as last_number
    from calendar
    group by month
),

turns as (
    select
        months.month,
        months.first_number,
        next_months.month as next_month,
        next_months.first_number as next_first_number,
        next_months.last_number as next_last_number
    from months
    inner join months as next_months
        on next_months.first_number = months.last_number + 1
)

select
    days.day,
    days.month,
    sundays.day as week,
    turns.next_month,
    month_later.day as next_month_on,
    next_sundays.day as next_week,
    week_later.day as next_week_on,
    next_days.day as next_on
from days
inner join turns
    on days.month = turns.month
inner join days as sundays
    on sundays.day_number = days.day_number + 6 - (days.day_number + 3) % 7
inner join days as month_later
    on
        month_later.day_number
        = case
            when days.day_number - turns.first_number + turns.next_first_number
                > turns.next_last_number
                then turns.next_last_number
            else days.day_number - turns.first_number + turns.next_first_number
        end
inner join days as next_sundays
    on next_sundays.day_number = sundays.day_number + 7
inner join days as week_later
    on week_later.day_number = days.day_number + 7
inner join days as next_days
    on next_days.day_number = days.day_number + 1;
