-- One row per project and currency that cost something in an organization's month.
select
    project_id,
    max(project_name) as project_name,
    currency,
    sum(cost_nanos) as cost_nanos
from fct_costs
where organization_id = :organization_id and month = :month
group by project_id, currency
order by currency, project_id;
