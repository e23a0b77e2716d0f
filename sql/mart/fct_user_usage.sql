-- One row per organization, project, UTC day and user that usage exports tell of.
--
-- grain    organization_id, project_id, day, user_id
-- reads    fct_usage_rows, fct_usage_rests, fct_cost_days, fct_cost_rows, usage_day, cost_day, dim_organizations, dim_projects, dim_terms
-- read by  reports/spend.user
--
-- Usage that no export splits by user has an empty user_id.
-- Usage has no currency: it stands beside its organization's cost, without one of its own beside dollars. measured_… are
-- the cost, requests and tokens of what cost exports name on the same day of the project, too: what a price is made of.
create view fct_user_usage as
with currencies as (
    select
        organization_key,
        max(currency) as currency
    from cost_day
    group by organization_key
    having min(currency) = max(currency)
),

told as (
    select
        organization_key,
        project_key,
        day,
        user_id,
        requests,
        tokens
    from fct_usage_rows
    union all
    select
        organization_key,
        project_key,
        day,
        null as user_id,
        requests,
        tokens
    from fct_usage_rests
),

usages as (
    select
        told.organization_key,
        told.project_key,
        told.day,
        coalesce(max(currencies.currency), 'USD') as currency,
        told.user_id,
        sum(told.requests) as requests,
        sum(told.tokens) as tokens
    from told
    left join currencies on told.organization_key = currencies.organization_key
    group by told.organization_key, told.project_key, told.day, told.user_id
),

days as (
    select distinct
        organization_key,
        project_key,
        day
    from usage_day
),

costs as (
    select
        fct_cost_days.organization_key,
        fct_cost_days.project_key,
        fct_cost_days.day,
        fct_cost_days.currency,
        fct_cost_rows.user_id,
        sum(fct_cost_rows.cost_nanos) as cost_nanos
    from days
    inner join fct_cost_days
        on
            days.organization_key = fct_cost_days.organization_key
            and days.project_key = fct_cost_days.project_key
            and days.day = fct_cost_days.day
    inner join fct_cost_rows on fct_cost_days.split_id = fct_cost_rows.split_id
    group by
        fct_cost_days.organization_key,
        fct_cost_days.project_key,
        fct_cost_days.day,
        fct_cost_days.currency,
        fct_cost_rows.user_id
)

select
    coalesce(dim_organizations.organization_id, '') as organization_id,
    coalesce(dim_projects.project_id, '') as project_id,
    coalesce(dim_projects.project_name, '') as project_name,
    coalesce(dim_terms.text, '') as user_id,
    usages.day,
    substr(usages.day, 1, 7) as month,
    usages.currency,
    usages.requests,
    usages.tokens,
    costs.cost_nanos as measured_nanos,
    case when costs.cost_nanos is not null then usages.requests end as measured_requests,
    case when costs.cost_nanos is not null then usages.tokens end as measured_tokens
from usages
left join costs
    on
        usages.organization_key = costs.organization_key
        and usages.project_key = costs.project_key
        and usages.day = costs.day
        and usages.currency = costs.currency
        and usages.user_id = costs.user_id
left join dim_organizations on usages.organization_key = dim_organizations.organization_key
left join dim_projects on usages.project_key = dim_projects.project_key
left join dim_terms on usages.user_id = dim_terms.term_id;
