-- title:   Tax, fees and expired credits by project (an allocation)
-- summary: What is paid beside usage and is a cost, allocated to projects by their use of the month. No file states these amounts.
-- files:   payments card cost
-- param:   org project from until policy
-- column:  organization_id  text              Organization
-- column:  project_id       text              Project       wide
-- column:  project_name     text              Name
-- column:  month            month             Month
-- column:  kind             text              Kind
-- column:  amount           amount(currency)  Allocated     total
-- column:  basis            text              Basis
-- column:  cost_center      text              Cost_center   wide
-- column:  owner            text              Owner         wide
-- column:  currency         text              Cur
-- evidence: adjustments grants.expired spend
-- formats: table csv json xlsx html pdf
select
    organization_id,
    project_id,
    project_name,
    month,
    kind,
    amount_nanos as amount,
    basis,
    cost_center,
    owner,
    currency
from fct_allocations
where
    (policy = '' or policy = :policy)
    and month >= substr(:from, 1, 7)
    and month || '-01' < :until
    and (:org is null or organization_id = :org)
    and (:project is null or project_id = :project)
order by organization_id, month, kind, currency, basis, project_id, policy;
