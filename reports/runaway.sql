-- title:   Runaway projects
-- summary: Projects whose spend left their own baseline, day by day, largest excess first.
-- param:   org project from until
-- column:  organization_id  text             Organization
-- column:  project_id       text             Project       wide
-- column:  project_name     text             Name
-- column:  from             day              From
-- column:  until            day              Until
-- column:  rules            text             Rules
-- column:  excess           money(currency)  Excess        total
-- column:  baseline         money(currency)  Baseline
-- column:  explanation      text             Found         below
-- column:  currency         text             Cur
-- formats: table csv json xlsx pdf
select
    organization_id,
    project_id,
    project_name,
    from_on as "from",
    until_on as "until",
    rules,
    excess_nanos as excess,
    baseline_nanos as baseline,
    explanation,
    currency
from fct_runaways
where
    from_on < :until
    and until_on >= :from
    and (:org is null or organization_id = :org)
    and (:project is null or project_id = :project)
order by excess_nanos desc, organization_id, project_id, from_on, currency;
