-- One row per waiver of one close.
select
    code,
    reason
from closing_waiver
where organization_id = :organization_id and month = :month and sequence = :sequence
order by code;
