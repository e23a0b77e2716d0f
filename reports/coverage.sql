-- title:   Coverage
-- summary: How far cost exports cover each month's days, and how many of them may still change.
-- files:   cost
-- param:   org from until
-- column:  organization_id   text     Organization
-- column:  month             month    Month
-- column:  days              integer  Days
-- column:  covered           integer  Covered
-- column:  missing           integer  Missing
-- column:  covered_until     day      Covered_until
-- column:  provisional       integer  Provisional
-- column:  provisional_from  day      From
-- column:  is_complete       integer  Complete       data
-- evidence: sources
-- formats: table csv json xlsx html pdf
select
    organization_id,
    month,
    day_count as days,
    covered_count as covered,
    missing_count as missing,
    covered_until,
    provisional_count as provisional,
    provisional_from,
    is_complete
from fct_month_coverage
where
    month >= substr(:from, 1, 7)
    and month || '-01' < :until
    and (:org is null or organization_id = :org)
order by organization_id, month;
