-- title:   Reimbursement by project
-- summary: What the charges to be reimbursed served: an allocation, by the use of the credit that each of them paid.
-- param:   card from until policy
-- column:  use           text              Use
-- column:  project_id    text              Project_id   wide
-- column:  project_name  text              Project
-- column:  owner         text              Owner        wide
-- column:  cost_center   text              Cost_center  wide
-- column:  purpose       text              Purpose
-- column:  charges       integer           Charges
-- column:  amount        amount(currency)  Amount       total
-- column:  currency      text              Cur
-- evidence: reimbursement
-- formats: table csv json xlsx html pdf
select
    projects.use,
    projects.project_id,
    projects.project_name,
    projects.owner,
    projects.cost_center,
    projects.purpose,
    count(*) as charges,
    sum(projects.amount_nanos) as amount,
    projects.currency
from fct_reimbursements as charges
inner join fct_reimbursed_projects as projects
    on charges.id = projects.id and charges.policy = projects.policy
where
    charges.status = 'due'
    and charges.policy = :policy
    and charges.dated_on >= :from
    and charges.dated_on < :until
    and (:card is null or :card in (charges.account, charges.card_last4))
group by
    projects.use,
    projects.project_id,
    projects.project_name,
    projects.owner,
    projects.cost_center,
    projects.purpose,
    projects.currency
order by projects.currency, projects.use desc, projects.project_name, projects.project_id;
