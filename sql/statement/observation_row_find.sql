-- One row when this balance was entered by hand before.
select observation_row_id
from observation_row
where file_id is null
    and organization_key = :organization_key
    and observed_at = :observed_at
    and balance_nanos = :balance_nanos
    and currency = :currency;
