-- One row: the open exceptions of one organization (:organization_key; 0: of none) by severity.
select
    coalesce(sum(severity = 'error'), 0) as error_count,
    coalesce(sum(severity = 'warning'), 0) as warning_count,
    coalesce(sum(severity = 'info'), 0) as info_count
from exception
where coalesce(organization_key, 0) = :organization_key;
