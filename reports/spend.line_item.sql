-- title:   Spend by project, line item and month
-- summary: What each line item of each project cost per month, and against the month before; a rest that no export splits has none.
-- files:   cost
-- param:   org project from until
-- column:  organization_id          text              Organization           wide
-- column:  project_id               text              Project                wide
-- column:  project_name             text              Name
-- column:  line_item                text              Line_item
-- column:  month                    month             Month
-- column:  cost                     money(currency)   Cost                   total
-- column:  estimated                money(currency)   Estimated              total wide
-- column:  provisional              money(currency)   Provisional            total wide
-- column:  surface                  text              Surface                data
-- column:  model                    text              Model                  data
-- column:  modality                 text              Modality               data
-- column:  token_kind               text              Token_kind             data
-- column:  long_context             integer           Long_context           data
-- column:  share                    share             Share                  quotient(cost,organization_cost)
-- column:  prior                    money(currency)   Prior                  data
-- column:  change                   money(currency)   Change                 data
-- column:  growth                   share             Growth                 data quotient(change,prior)
-- column:  prior_same_days          money(currency)   Prior                  wide
-- column:  change_same_days         money(currency)   Change
-- column:  growth_same_days         share             Growth                 wide quotient(change_same_days,prior_same_days)
-- column:  quantity                 integer           Quantity               wide quotient(quantity_micros,micros)
-- column:  quantity_unit            text              Unit                   wide
-- column:  measured_cost            money(currency)   Measured               data
-- column:  cost_per_million         money(currency)   Per_1M                 wide quotient(measured_cost,quantity_micros,1000000000000)
-- column:  currency                 text              Cur
-- evidence: sources
-- formats: table csv json xlsx html pdf
with estimated_lines as (
    select
        organization_id,
        project_id,
        project_name,
        case service_tier
            when 'standard' then ''
            when 'batch' then 'batch api'
            else service_tier
        end as surface,
        model,
        token_kind,
        day,
        month,
        currency,
        value_nanos
    from fct_estimates
),

days as (
    select
        fct_compared_days.organization_key,
        fct_cost_days.project_key,
        fct_compared_days.month,
        fct_compared_days.next_month,
        fct_cost_days.currency,
        case
            when fct_compared_days.day >= :from and fct_compared_days.day < :until then 1
            else 0
        end as is_shown,
        case
            when
                fct_compared_days.next_month_is_covered = 1
                and fct_compared_days.next_month_on >= :from
                and fct_compared_days.next_month_on < :until
                then 1
            else 0
        end as is_same_day,
        fct_cost_days.split_id,
        fct_cost_days.is_provisional,
        fct_cost_days.rest_nanos
    from fct_compared_days
    inner join fct_cost_days
        on
            fct_compared_days.organization_key = fct_cost_days.organization_key
            and fct_compared_days.day = fct_cost_days.day
    where
        (:org is null or fct_compared_days.organization_id = :org)
        and (
            :project is null
            or fct_cost_days.project_key in (
                select project_key
                from dim_projects
                where project_id = :project
            )
        )
),

costs as (
    select
        days.organization_key,
        days.project_key,
        fct_cost_rows.line_item_id,
        fct_cost_rows.quantity_unit_id,
        days.month,
        days.next_month,
        days.currency,
        days.is_shown,
        days.is_same_day,
        sum(fct_cost_rows.cost_nanos) as cost,
        sum(case when days.is_provisional = 1 then fct_cost_rows.cost_nanos else 0 end) as provisional,
        sum(fct_cost_rows.quantity_micros) as quantity_micros,
        sum(
            case when fct_cost_rows.quantity_micros is not null then fct_cost_rows.cost_nanos end
        ) as measured_cost
    from days
    inner join fct_cost_rows on days.split_id = fct_cost_rows.split_id
    group by
        days.organization_key,
        days.project_key,
        fct_cost_rows.line_item_id,
        fct_cost_rows.quantity_unit_id,
        days.month,
        days.next_month,
        days.currency,
        days.is_shown,
        days.is_same_day
    union all
    select
        organization_key,
        project_key,
        null as line_item_id,
        null as quantity_unit_id,
        month,
        next_month,
        currency,
        is_shown,
        is_same_day,
        sum(rest_nanos) as cost,
        sum(case when is_provisional = 1 then rest_nanos else 0 end) as provisional,
        null as quantity_micros,
        null as measured_cost
    from days
    where rest_nanos <> 0
    group by
        organization_key,
        project_key,
        month,
        next_month,
        currency,
        is_shown,
        is_same_day
),

spent as (
    select
        dim_organizations.organization_id,
        coalesce(dim_projects.project_id, '') as project_id,
        coalesce(dim_projects.project_name, '') as project_name,
        coalesce(dim_terms.text, '') as line_item,
        coalesce(dim_terms.surface_text, '') as surface,
        coalesce(dim_terms.model, '') as model,
        coalesce(dim_terms.modality, '') as modality,
        coalesce(dim_terms.token_kind, '') as token_kind,
        coalesce(dim_terms.is_long_context, 0) as long_context,
        costs.month,
        costs.next_month,
        costs.currency,
        costs.is_shown,
        costs.is_same_day,
        costs.cost,
        null as estimated,
        costs.provisional,
        units.text as quantity_unit,
        costs.quantity_micros,
        costs.measured_cost
    from costs
    inner join dim_organizations on costs.organization_key = dim_organizations.organization_key
    left join dim_projects on costs.project_key = dim_projects.project_key
    left join dim_terms on costs.line_item_id = dim_terms.term_id
    left join dim_terms as units on costs.quantity_unit_id = units.term_id
    union all
    select
        organization_id,
        project_id,
        project_name,
        case when surface = '' then '' else surface || ' | ' end || model || ', ' || token_kind as line_item,
        surface,
        model,
        '' as modality,
        token_kind,
        0 as long_context,
        month,
        null as next_month,
        currency,
        1 as is_shown,
        0 as is_same_day,
        0 as cost,
        value_nanos as estimated,
        0 as provisional,
        null as quantity_unit,
        null as quantity_micros,
        null as measured_cost
    from estimated_lines
    where
        day >= :from
        and day < :until
        and (:org is null or organization_id = :org)
        and (:project is null or project_id = :project)
),

turned as (
    select
        organization_id,
        project_id,
        project_name,
        line_item,
        surface,
        model,
        modality,
        token_kind,
        long_context,
        month,
        currency,
        cost,
        estimated,
        provisional,
        quantity_unit,
        quantity_micros,
        measured_cost,
        null as prior,
        null as prior_same_days,
        1 as is_present
    from spent
    where is_shown = 1
    union all
    select
        organization_id,
        project_id,
        project_name,
        line_item,
        surface,
        model,
        modality,
        token_kind,
        long_context,
        next_month as month,
        currency,
        0 as cost,
        null as estimated,
        0 as provisional,
        null as quantity_unit,
        null as quantity_micros,
        null as measured_cost,
        cost as prior,
        case when is_same_day = 1 then cost else 0 end as prior_same_days,
        0 as is_present
    from spent
    where cost <> 0
),

summed as (
    select
        organization_id,
        project_id,
        project_name,
        line_item,
        max(surface) as surface,
        max(model) as model,
        max(modality) as modality,
        max(token_kind) as token_kind,
        max(long_context) as long_context,
        month,
        currency,
        sum(cost) as cost,
        sum(estimated) as estimated,
        sum(provisional) as provisional,
        max(quantity_unit) as quantity_unit,
        case when min(quantity_unit) = max(quantity_unit) then sum(quantity_micros) end as quantity_micros,
        sum(measured_cost) as measured_cost,
        case when sum(cost) is not null then coalesce(sum(prior), 0) end as prior,
        case when sum(cost) is not null then coalesce(sum(prior_same_days), 0) end as prior_same_days,
        max(is_present) as is_present
    from turned
    group by organization_id, project_id, project_name, line_item, month, currency
),

organizations as (
    select
        organization_id,
        month,
        currency,
        sum(cost_nanos) as organization_cost
    from fct_spend
    where day >= :from and day < :until
    group by organization_id, month, currency
),

periods as (
    select
        organization_id,
        next_month as month,
        min(is_covered) as is_prior_known,
        min(
            case
                when next_month_is_covered = 1 and next_month_on >= :from and next_month_on < :until
                    then is_covered
            end
        ) as are_same_days_known
    from fct_compared_days
    group by organization_id, next_month
)

select
    summed.organization_id,
    summed.project_id,
    summed.project_name,
    summed.line_item,
    summed.surface,
    summed.model,
    summed.modality,
    summed.token_kind,
    summed.long_context,
    summed.month,
    summed.cost,
    summed.estimated,
    summed.provisional,
    summed.currency,
    organizations.organization_cost,
    case
        when periods.is_prior_known = 1 and periods.are_same_days_known = 1 then summed.prior
    end as prior,
    case
        when periods.is_prior_known = 1 and periods.are_same_days_known = 1
            then summed.cost - summed.prior
    end as change,
    case when periods.are_same_days_known = 1 then summed.prior_same_days end as prior_same_days,
    case
        when periods.are_same_days_known = 1 then summed.cost - summed.prior_same_days
    end as change_same_days,
    case when summed.quantity_micros is not null then summed.quantity_unit end as quantity_unit,
    summed.quantity_micros,
    1000000 as micros,
    case when summed.quantity_micros is not null then summed.measured_cost end as measured_cost
from summed
left join organizations
    on
        summed.organization_id = organizations.organization_id
        and summed.month = organizations.month
        and summed.currency = organizations.currency
left join periods
    on
        summed.organization_id = periods.organization_id
        and summed.month = periods.month
where summed.is_present = 1
order by summed.organization_id, summed.project_id, summed.line_item, summed.month, summed.currency;
