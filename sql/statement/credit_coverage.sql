-- One row per run of days that cost exports of an organization cover: its first and last day's numbers.
select
    first_days.day_number as from_number,
    last_days.day_number as until_number
from coverage
inner join calendar as first_days on coverage.from_day = first_days.day
inner join calendar as last_days on coverage.until_day = last_days.day
where coverage.organization_key = :organization_key
order by coverage.from_day;
