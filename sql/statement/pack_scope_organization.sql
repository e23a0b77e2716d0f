-- One organization, with all that is its own.
insert into scope_organization (organization_key)
select organization_key
from source.organization
where organization_id = :organization_id;
