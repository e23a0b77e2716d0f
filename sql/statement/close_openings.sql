-- One row per credit currency of an organization: whether what stood before its first fact is known, and by what.
select
    currency,
    is_known,
    evidence
from fct_openings
where organization_id = :organization_id
order by currency;
