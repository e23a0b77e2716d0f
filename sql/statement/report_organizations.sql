-- One row per organization that any file names.
select organization_id from organization order by organization_id;
