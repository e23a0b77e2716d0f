-- title:   Budgets
-- summary: What each budget allows, what was spent of it at list price, and the day on which it was exceeded.
-- files:   budgets
-- param:   org project from until
-- column:  organization_id  text             Organization
-- column:  project_id       text             Project       wide
-- column:  project_name     text             Name
-- column:  from             day              From
-- column:  until            day              Until
-- column:  budget           amount(currency) Budget
-- column:  spent            money(currency)  Spent
-- column:  remaining        money(currency)  Remaining
-- column:  exceeded_on      day              Exceeded_on
-- column:  currency         text             Cur
-- column:  source           text             Source        data
-- column:  line             integer          Line          data
-- formats: table csv json xlsx html pdf
select
    organization_id,
    project_id,
    project_name,
    from_on as "from",
    until_on as "until",
    amount_nanos as budget,
    spent_nanos as spent,
    remaining_nanos as remaining,
    exceeded_on,
    currency,
    source,
    line
from fct_budgets
where
    from_on < :until
    and coalesce(until_on, '9999-12-31') >= :from
    and (:org is null or organization_id = :org)
    and (:project is null or project_id = :project)
order by organization_id, project_id, from_on, until_on, currency, source, line;
