-- One row per burn policy, organization and project: its share of the credits that expire next.
--
-- grain    policy, organization_id, currency, project_id
-- reads    expiring_allocation, organization, project
-- read by  reports/expiring-credits-by-project
create view fct_expiring_allocations as
select
    expiring_allocation.policy,
    organization.organization_id,
    project.project_id,
    coalesce(project.name, '') as project_name,
    expiring_allocation.currency,
    expiring_allocation.share_ppm,
    expiring_allocation.allocated_nanos,
    expiring_allocation.basis
from expiring_allocation
inner join organization on expiring_allocation.organization_key = organization.organization_key
left join project on expiring_allocation.project_key = project.project_key;
