-- One row per organization that any file names.
--
-- grain    organization_key
-- reads    organization
-- read by  reports/spend and its grains
--
-- The key is for joins within one ledger: it depends on the order of import and says nothing outside.
create view dim_organizations as
select
    organization_key,
    organization_id,
    name as organization_name
from organization;
