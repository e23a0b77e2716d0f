-- One row per organization, project and day that cost something or is estimated to have.
--
-- grain    organization_id, project_id, day, currency
-- reads    fct_costs, fct_estimates
-- read by  reports/spend, reports/spend.day
--
-- A day is either: estimates are of days that no cost export covers. estimated_nanos is null where nothing
-- is estimated, or nothing of it has a price.
create view fct_spend as
with costs as (
    select * from fct_costs
),

estimates as (
    select
        organization_id,
        project_id,
        project_name,
        day,
        month,
        currency,
        sum(value_nanos) as value_nanos
    from fct_estimates
    group by organization_id, project_id, project_name, day, month, currency
)

select
    organization_id,
    project_id,
    project_name,
    day,
    month,
    currency,
    cost_nanos,
    provisional_nanos,
    cast(null as integer) as estimated_nanos
from costs
union all
select
    organization_id,
    project_id,
    project_name,
    day,
    month,
    currency,
    0 as cost_nanos,
    0 as provisional_nanos,
    value_nanos as estimated_nanos
from estimates;
