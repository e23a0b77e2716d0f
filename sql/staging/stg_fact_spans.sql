-- One row per organization and kind of fact: its first and last UTC day. Facts of no organization
-- have a null key.
--
-- grain    organization_key, kind
-- reads    topup, grant_fact, observation, cost_day, usage_day, receipt, charge, coverage
-- read by  statement/derive_organization_facts, statement/derive_calendar_span
create view stg_fact_spans as
select organization_key, 'topup' as kind, min(paid_on) as first_on, max(paid_on) as last_on
from topup
group by organization_key
union all
select organization_key, 'grant', min(granted_on), max(granted_on)
from grant_fact
group by organization_key
union all
select organization_key, 'observation', min(observed_on), max(observed_on)
from observation
group by organization_key
union all
select organization_key, 'cost', min(day), max(day)
from cost_day
group by organization_key
union all
select organization_key, 'usage', min(day), max(day)
from usage_day
group by organization_key
union all
select organization_key, 'coverage', min(from_day), max(until_day)
from coverage
group by organization_key
union all
select null, 'receipt', min(paid_on), max(paid_on)
from receipt
having count(*) > 0
union all
select null, 'charge', min(dated_on), max(coalesce(posted_on, dated_on))
from charge
having count(*) > 0;
