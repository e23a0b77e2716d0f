-- One row per project of an organization and currency that has cost.
with costing as (
    select distinct project_key
    from int_judged_days
    where organization_key = :organization_key and currency = :currency and project_key is not null
)

select
    project.project_key,
    project.project_id,
    coalesce(project_fact.class, '') as class
from costing
inner join project on costing.project_key = project.project_key
left join project_fact on costing.project_key = project_fact.project_key
order by project.project_id;
