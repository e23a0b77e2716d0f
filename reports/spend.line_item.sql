-- title:   Spend by project, line item and month
-- summary: What each line item of each project cost per month; a rest that no export splits has none.
-- files:   cost
-- param:   org project from until
-- column:  organization_id  text             Organization
-- column:  project_id       text             Project       wide
-- column:  project_name     text             Name
-- column:  line_item        text             Line_item
-- column:  month            month            Month
-- column:  cost             money(currency)  Cost          total
-- column:  estimated        money(currency)  Estimated     total
-- column:  provisional      money(currency)  Provisional   total
-- column:  surface          text             Surface       data
-- column:  model            text             Model         data
-- column:  modality         text             Modality      data
-- column:  token_kind       text             Token_kind    data
-- column:  long_context     integer          Long_context  data
-- column:  currency         text             Cur
-- evidence: sources
-- formats: table csv json xlsx html pdf
with estimated_lines as (
    select
        fct_estimates.*,
        case service_tier
            when 'standard' then ''
            when 'batch' then 'batch api'
            else service_tier
        end as surface
    from fct_estimates
),

lines as (
    select
        organization_id,
        project_id,
        project_name,
        line_item,
        day,
        month,
        cost_nanos,
        cast(null as integer) as estimated_nanos,
        provisional_nanos,
        surface,
        model,
        modality,
        token_kind,
        is_long_context,
        currency
    from fct_cost_lines
    union all
    select
        organization_id,
        project_id,
        project_name,
        case when surface = '' then '' else surface || ' | ' end
        || model || ', ' || token_kind as line_item,
        day,
        month,
        0 as cost_nanos,
        value_nanos as estimated_nanos,
        0 as provisional_nanos,
        surface,
        model,
        '' as modality,
        token_kind,
        0 as is_long_context,
        currency
    from estimated_lines
)

select
    organization_id,
    project_id,
    project_name,
    line_item,
    month,
    sum(cost_nanos) as cost,
    sum(estimated_nanos) as estimated,
    sum(provisional_nanos) as provisional,
    surface,
    model,
    modality,
    token_kind,
    is_long_context as long_context,
    currency
from lines
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
