-- One row per organization, project (null: no project), UTC day and currency that runaway rules judge.
--
-- grain    organization_key, project_key, day, currency
-- reads    cost_day
-- read by  statement/runaway_costs, statement/runaway_projects, statement/runaway_organizations
--
-- is_estimated is 1 where usage was priced because no cost is known yet.
create view int_judged_days as
select
    organization_key,
    project_key,
    day,
    currency,
    cost_nanos as amount_nanos,
    is_provisional,
    0 as is_estimated
from cost_day;
