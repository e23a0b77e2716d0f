-- One row per project's day whose line items do not add up to its cost.
with lines as (
    select
        organization_id,
        project_id,
        day,
        currency,
        sum(cost_nanos) as cost_nanos
    from fct_cost_lines
    group by organization_id, project_id, day, currency
)

select
    fct_costs.organization_id || ' ' || fct_costs.project_id || ' ' || fct_costs.day
    || ': the line items do not add up to the cost' as problem
from fct_costs
left join lines
    on fct_costs.organization_id = lines.organization_id
    and fct_costs.project_id = lines.project_id
    and fct_costs.day = lines.day
    and fct_costs.currency = lines.currency
where fct_costs.cost_nanos <> coalesce(lines.cost_nanos, 0)
order by fct_costs.organization_id, fct_costs.project_id, fct_costs.day;
