-- title:   Budgets
-- summary: What each budget allows, what was spent of it at list price, its pace against an even spend, and what it comes to at its mean of late.
-- files:   budgets cost
-- param:   org project from until
-- column:  organization_id  text             Organization
-- column:  project_id       text             Project       wide
-- column:  project_name     text             Name
-- column:  from             day              From          wide
-- column:  until            day              Until
-- column:  budget           amount(currency) Budget
-- column:  spent            money(currency)  Spent
-- column:  remaining        money(currency)  Remaining     wide
-- column:  exceeded_on      day              Exceeded_on   wide
-- column:  currency         text             Cur
-- column:  source           text             Source        data
-- column:  line             integer          Line          data
-- column:  state            text             State
-- column:  share            share            Share         wide quotient(spent,budget)
-- column:  pace             share            Pace          quotient(settled,even)
-- column:  ahead            money(currency)  Ahead         wide
-- column:  days             integer          Days          data
-- column:  complete_days    integer          Complete_days data
-- column:  elapsed          share            Elapsed       wide quotient(complete_days,days)
-- column:  settled          money(currency)  Settled       data
-- column:  even             money(currency)  Even          data
-- column:  mean_daily       money(currency)  Daily         wide
-- column:  mean_days        integer          Over_days     data
-- column:  forecast         money(currency)  Forecast
-- column:  exceeds_on       day              Exceeds_on
-- column:  as_of            day              As_of         wide
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
    line,
    state,
    ahead_nanos as ahead,
    day_count as days,
    complete_day_count as complete_days,
    settled_nanos as settled,
    even_nanos as even,
    mean_daily_nanos as mean_daily,
    mean_day_count as mean_days,
    forecast_nanos as forecast,
    exceeds_on,
    as_of_on as as_of
from fct_budgets
where
    from_on < :until
    and coalesce(until_on, '9999-12-31') >= :from
    and (:org is null or organization_id = :org)
    and (:project is null or project_id = :project)
order by organization_id, project_id, from_on, until_on, currency, source, line;
