-- title:   Tax, fees and expired credits by cost center (an allocation)
-- summary: What is paid beside usage and is a cost, allocated by use to projects and summed over those of each cost center, as the projects table names them.
-- files:   payments card cost
-- param:   org project from until policy
-- column:  organization_id  text              Organization
-- column:  cost_center      text              Cost_center
-- column:  month            month             Month
-- column:  kind             text              Kind
-- column:  projects         integer           Projects
-- column:  amount           amount(currency)  Allocated     total
-- column:  unallocated      amount(currency)  Unallocated   wide
-- column:  currency         text              Cur
-- evidence: allocations
-- formats: table csv json xlsx html pdf
select
    organization_id,
    cost_center,
    month,
    kind,
    count(distinct project_id) as projects,
    sum(amount_nanos) as amount,
    sum(case when basis = 'unallocated' then amount_nanos else 0 end) as unallocated,
    currency
from fct_allocations
where
    (policy = '' or policy = :policy)
    and month >= substr(:from, 1, 7)
    and month || '-01' < :until
    and (:org is null or organization_id = :org)
    and (:project is null or project_id = :project)
group by organization_id, cost_center, month, kind, currency
order by organization_id, cost_center, month, kind, currency;
