-- One row per line of the check list of one close.
select
    code,
    state,
    finding
from closing_check
where organization_id = :organization_id and month = :month and sequence = :sequence
order by position;
