-- One row when a diagnosis of an organization points at the same numbers already.
select 1
from diagnosis
where organization_key = :organization_key and evidence = :evidence;
