-- One row per organization whose :month stands closed, of one where :org is stated.
select
    organization_id,
    sequence
from stg_closings
where
    is_standing = 1
    and month = :month
    and (:org is null or organization_id = :org)
order by organization_id;
