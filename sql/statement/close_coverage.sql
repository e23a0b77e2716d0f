-- One row at most: how far cost covers an organization's month.
select
    is_complete,
    covered_until,
    missing_count
from fct_month_coverage
where organization_id = :organization_id and month = :month;
