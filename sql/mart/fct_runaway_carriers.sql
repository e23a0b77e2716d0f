-- One row per runaway episode and line item, key, user or model that carried it.
--
-- grain    project_id, currency, from_on, dimension, position
-- reads    fct_runaways, runaway_carrier
-- read by  reports/runaway.carrier
create view fct_runaway_carriers as
select
    fct_runaways.id,
    fct_runaways.organization_id,
    fct_runaways.project_id,
    fct_runaways.project_name,
    fct_runaways.from_on,
    fct_runaways.last_on,
    fct_runaways.excess_nanos,
    fct_runaways.currency,
    runaway_carrier.dimension,
    runaway_carrier.position,
    runaway_carrier.name,
    runaway_carrier.share_ppm,
    runaway_carrier.basis,
    runaway_carrier.is_new
from fct_runaways
inner join runaway_carrier on fct_runaways.id = runaway_carrier.id;
