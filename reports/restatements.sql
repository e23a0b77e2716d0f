-- title:   Restatements
-- summary: Days whose cost changed from one export to the next.
-- files:   cost
-- param:   org project from until
-- column:  organization_id  text             Organization
-- column:  project_id       text             Project
-- column:  day              day              Day
-- column:  before           money(currency)  Before         exact
-- column:  after            money(currency)  After          exact
-- column:  source_before    text             Source_before  wide
-- column:  source_after     text             Source_after
-- column:  currency         text             Cur
-- evidence: sources
-- formats: table csv json xlsx html pdf
select
    organization_id,
    project_id,
    day,
    before_nanos as "before",
    after_nanos as "after",
    source_before,
    source_after,
    currency
from fct_restatements
where
    day >= :from
    and day < :until
    and (:org is null or organization_id = :org)
    and (:project is null or project_id = :project)
order by
    organization_id,
    project_id,
    day,
    currency,
    source_before,
    source_after,
    before_nanos,
    after_nanos;
