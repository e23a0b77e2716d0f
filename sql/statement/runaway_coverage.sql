-- One row per run of days that cost exports cover.
select
    coverage.organization_key,
    from_calendar.day_number as from_day,
    until_calendar.day_number as until_day
from coverage
inner join calendar as from_calendar on coverage.from_day = from_calendar.day
inner join calendar as until_calendar on coverage.until_day = until_calendar.day
order by coverage.organization_key, from_calendar.day_number;
