-- title:   Runaway projects by rule
-- summary: Which rules named a project's days, since when, and by what evidence.
-- files:   cost
-- by:      rule
-- param:   org project from until
-- column:  organization_id  text             Organization
-- column:  project_id       text             Project       wide
-- column:  project_name     text             Name
-- column:  from             day              From
-- column:  rule             text             Rule
-- column:  fired_on         day              Since
-- column:  days             integer          Days
-- column:  excess           money(currency)  Excess
-- column:  evidence         text             Found         below
-- column:  currency         text             Cur
-- column:  id               text             Id
-- evidence: spend.day
-- formats: table csv json xlsx html pdf
select
    organization_id,
    project_id,
    project_name,
    from_on as "from",
    rule,
    fired_on,
    day_count as days,
    excess_nanos as excess,
    evidence,
    currency,
    id
from fct_runaway_rules
where
    from_on < :until
    and last_on >= :from
    and (:org is null or organization_id = :org)
    and (:project is null or project_id = :project)
order by organization_id, project_id, from_on, currency, fired_on, rule;
