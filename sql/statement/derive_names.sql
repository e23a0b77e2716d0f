-- Names as the newest files give them; '' where no file does any more.
update organization set name = '' where name <> '';
update organization set name = names.name
from stg_organization_names as names
where names.organization_id = organization.organization_id;
update project set name = '' where name <> '';
update project set name = names.name
from stg_project_names as names
where names.project_id = project.project_id;
