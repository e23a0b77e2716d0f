-- One row: the last day up to which cost is covered without a gap from :first on; null: :first is not covered.
select max(until_day) as until_day
from coverage
where
    organization_key = :organization_key
    and from_day <= :first
    and until_day >= :first;
