-- One row per project, or none, with a cost in a month of an organization in one currency, in the order of project ids.
select
    cost_day.project_key,
    sum(cost_day.cost_nanos) as cost_nanos,
    'use of ' || :month as basis
from cost_day
left join project on cost_day.project_key = project.project_key
where
    cost_day.organization_key = :organization_key
    and cost_day.currency = :currency
    and cost_day.day >= :month || '-01'
    and cost_day.day <= :month || '-31'
group by cost_day.project_key, project.project_id
order by coalesce(project.project_id, '');
