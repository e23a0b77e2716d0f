-- One row: the last day that cost exports cover, else of the last dated fact, else the first of days.
select
    coalesce(
        (select max(cost_until) from organization_fact),
        (select max(covered_until) from file),
        '1970-01-01'
    ) as last_day;
