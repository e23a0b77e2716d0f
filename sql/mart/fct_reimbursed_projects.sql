-- One row per burn policy, card charge and project or other use of the credit that it paid: its part of
-- the charge.
--
-- grain    policy, id, use, project_id
-- reads    charge_use, charge, project, project_fact
-- read by  reports/reimbursement --by project
create view fct_reimbursed_projects as
select
    charge_use.policy,
    charge.id,
    charge_use.use,
    coalesce(project.project_id, '') as project_id,
    coalesce(project.name, '') as project_name,
    coalesce(project_fact.purpose, '') as purpose,
    coalesce(project_fact.owner, '') as owner,
    coalesce(project_fact.cost_center, '') as cost_center,
    charge_use.share_ppm,
    charge_use.amount_nanos,
    charge.currency
from charge_use
inner join charge on charge_use.charge_id = charge.charge_id
left join project on charge_use.project_key = project.project_key
left join project_fact on charge_use.project_key = project_fact.project_key;
