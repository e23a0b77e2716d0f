-- One row per organization, project (null: no project), UTC day and currency that runaway rules judge.
--
-- grain    organization_key, project_key, day, currency
-- reads    cost_day, estimate_day
-- read by  statement/runaway_costs, statement/runaway_projects, statement/runaway_organizations
--
-- is_estimated is 1 where usage was priced because no cost export covers the day: it may be a part
-- of the day alone. Usage of which no organization is known is nobody's yet.
create view int_judged_days as
with costs as (
    select * from cost_day
),

estimates as (
    select * from estimate_day
)

select
    organization_key,
    project_key,
    day,
    currency,
    cost_nanos as amount_nanos,
    is_provisional,
    0 as is_estimated
from costs
union all
select
    organization_key,
    project_key,
    day,
    currency,
    value_nanos as amount_nanos,
    0 as is_provisional,
    1 as is_estimated
from estimates
where organization_key is not null and value_nanos is not null;
