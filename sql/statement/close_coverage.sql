-- One row at most: how far cost covers an organization's month. Reads what close_gather left.
select
    is_complete,
    covered_until,
    missing_count
from temp.close_cover
where organization_id = :organization_id and month = :month;
