-- One row per month with a day from :from and before :until in which an organization has a fact or is covered.
select distinct month
from calendar
where
    day >= :from
    and day < :until
    and month >= (select min(substr(first_on, 1, 7)) from organization_fact)
    and month <= (select max(substr(cost_until, 1, 7)) from organization_fact)
order by month;
