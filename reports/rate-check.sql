-- title:   Cost beside quantity at list price
-- summary: Which line items and days cost something else than their quantity at list price, and why; by month where they agree.
-- param:   org project from until
-- column:  organization_id  text             Organization
-- column:  project_id       text             Project       wide
-- column:  project_name     text             Name
-- column:  period           text             Period
-- column:  model            text             Model
-- column:  service_tier     text             Tier          wide
-- column:  token_kind       text             Kind
-- column:  quantity         integer          Quantity
-- column:  value            money(currency)  At_list       total
-- column:  cost             money(currency)  Cost          total
-- column:  residual         money(currency)  Residual      total
-- column:  currency         text             Cur
-- column:  cause            text             Cause
-- evidence: spend.line_item rates
-- formats: table csv json xlsx html pdf
with checks as (
    select
        fct_rate_checks.*,
        case when cause = '' then substr(day, 1, 7) else day end as period
    from fct_rate_checks
    where
        day >= :from
        and day < :until
        and (:org is null or organization_id = :org)
        and (:project is null or project_id = :project)
)

select
    organization_id,
    project_id,
    project_name,
    period,
    model,
    service_tier,
    token_kind,
    sum(quantity) as quantity,
    sum(value_nanos) as value,
    sum(cost_nanos) as cost,
    sum(residual_nanos) as residual,
    currency,
    cause
from checks
group by
    organization_id,
    project_id,
    project_name,
    period,
    model,
    service_tier,
    token_kind,
    currency,
    cause
order by
    case when cause = '' then 1 else 0 end,
    organization_id,
    project_id,
    period,
    model,
    service_tier,
    token_kind,
    cause,
    currency;
