-- One row per organization that any file names, with its name or ''.
select organization_id, name from organization order by organization_id;
