-- title:   Spend by project and month
-- summary: What each project cost per month, list price before tax.
-- files:   cost
-- by:      month
-- param:   org project from until
-- column:  organization_id  text             Organization
-- column:  project_id       text             Project       wide
-- column:  project_name     text             Name
-- column:  month            month            Month
-- column:  cost             money(currency)  Cost          total
-- column:  estimated        money(currency)  Estimated     total
-- column:  provisional      money(currency)  Provisional   total
-- column:  currency         text             Cur
-- chart:   stack x=month y=cost series=project_id label=project_name
-- evidence: spend.day
-- formats: table csv json xlsx html pdf
select
    organization_id,
    project_id,
    project_name,
    month,
    sum(cost_nanos) as cost,
    sum(estimated_nanos) as estimated,
    sum(provisional_nanos) as provisional,
    currency
from fct_spend
where
    day >= :from
    and day < :until
    and (:org is null or organization_id = :org)
    and (:project is null or project_id = :project)
group by organization_id, project_id, project_name, month, currency
order by organization_id, project_id, month, currency;
