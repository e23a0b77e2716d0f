-- title:   Spend by project, line item and month
-- summary: What each line item of each project cost per month; a rest that no export splits has none.
-- param:   org project from until
-- column:  organization_id  text             Organization
-- column:  project_id       text             Project       wide
-- column:  project_name     text             Name
-- column:  line_item        text             Line_item
-- column:  month            month            Month
-- column:  cost             money(currency)  Cost          total
-- column:  estimated        money(currency)  Estimated     data
-- column:  provisional      money(currency)  Provisional   total
-- column:  surface          text             Surface       data
-- column:  model            text             Model         data
-- column:  modality         text             Modality      data
-- column:  token_kind       text             Token_kind    data
-- column:  long_context     integer          Long_context  data
-- column:  currency         text             Cur
-- formats: table csv json xlsx pdf
select
    organization_id,
    project_id,
    project_name,
    line_item,
    month,
    sum(cost_nanos) as cost,
    cast(null as integer) as estimated,
    sum(provisional_nanos) as provisional,
    surface,
    model,
    modality,
    token_kind,
    is_long_context as long_context,
    currency
from fct_cost_lines
where
    day >= :from
    and day < :until
    and (:org is null or organization_id = :org)
    and (:project is null or project_id = :project)
group by
    organization_id,
    project_id,
    project_name,
    line_item,
    month,
    surface,
    model,
    modality,
    token_kind,
    is_long_context,
    currency
order by organization_id, project_id, line_item, month, currency;
