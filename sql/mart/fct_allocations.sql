-- One row per organization, month, kind, currency and project: its part, by use, of what is paid beside usage.
--
-- grain    policy, organization_id, month, kind, currency, basis, project_id
-- reads    allocation_month, organization, dim_projects
-- read by  reports/allocations and its grains
--
-- policy is '' but for credit that expired. project_id is null for cost without a project, and where
-- basis is 'unallocated'.
create view fct_allocations as
select
    allocation_month.policy,
    organization.organization_id,
    allocation_month.month,
    allocation_month.kind,
    allocation_month.currency,
    dim_projects.project_id,
    coalesce(dim_projects.project_name, '') as project_name,
    coalesce(dim_projects.cost_center, '') as cost_center,
    coalesce(dim_projects.owner, '') as owner,
    allocation_month.basis,
    sum(allocation_month.amount_nanos) as amount_nanos
from allocation_month
inner join organization on allocation_month.organization_key = organization.organization_key
left join dim_projects on allocation_month.project_key = dim_projects.project_key
group by
    allocation_month.policy,
    organization.organization_id,
    allocation_month.month,
    allocation_month.kind,
    allocation_month.currency,
    dim_projects.project_id,
    dim_projects.project_name,
    dim_projects.cost_center,
    dim_projects.owner,
    allocation_month.basis;
