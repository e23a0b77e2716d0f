-- title:   Runaway projects
-- summary: Projects whose spend left their own baseline, day by day, largest excess first.
-- files:   cost
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
-- column:  cause            text             Guess         below
-- column:  carried_by       text             Carried_by    below
-- column:  raised_on        day              Raised        wide
-- column:  days             integer          Days          data
-- column:  marks            text             Marks         wide
-- column:  verdict          text             Verdict
-- column:  why              text             Why           data
-- column:  decided_by       text             By            data
-- column:  currency         text             Cur
-- column:  id               text             Id
-- evidence: spend.day
-- formats: table csv json xlsx html pdf
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
    cause,
    carried_by,
    raised_on,
    day_count as days,
    marks,
    verdict,
    why,
    decided_by,
    currency,
    id
from fct_runaways
where
    from_on < :until
    and last_on >= :from
    and (:org is null or organization_id = :org)
    and (:project is null or project_id = :project)
order by excess_nanos desc, organization_id, project_id, from_on, currency;
