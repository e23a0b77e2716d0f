-- One row per organization, project, UTC day and currency that cost something, is estimated to have, or was used.
--
-- grain    organization_id, project_id, day, currency
-- reads    cost_day, estimate_day, usage_day, dim_organizations, dim_projects, dim_days
-- read by  reports/spend and its grains
--
-- Cost that no project is known for has an empty project_id, usage of which no organization is known an empty
-- organization_id. A day has cost or an estimate: estimates are of days that no cost export covers. estimated_nanos is
-- null where nothing is estimated, or nothing of it has a price; requests and tokens where no usage export tells them.
-- Usage has no currency: it stands beside its organization's cost, without one of its own beside dollars.
-- measured_… are the same numbers of days that both cost and usage exports tell of: what a price is made of.
create view fct_spend as
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
        currency,
        cost_nanos,
        case when is_provisional = 1 then cost_nanos else 0 end as provisional_nanos,
        cast(null as integer) as estimated_nanos,
        cast(null as integer) as requests,
        cast(null as integer) as tokens,
        1 as is_cost,
        0 as is_usage
    from cost_day
    union all
    select
        organization_key,
        project_key,
        day,
        currency,
        0 as cost_nanos,
        0 as provisional_nanos,
        value_nanos as estimated_nanos,
        cast(null as integer) as requests,
        cast(null as integer) as tokens,
        0 as is_cost,
        0 as is_usage
    from estimate_day
    union all
    select
        usage_day.organization_key,
        usage_day.project_key,
        usage_day.day,
        coalesce(currencies.currency, 'USD') as currency,
        0 as cost_nanos,
        0 as provisional_nanos,
        cast(null as integer) as estimated_nanos,
        usage_day.requests,
        usage_day.tokens,
        0 as is_cost,
        1 as is_usage
    from usage_day
    left join currencies on usage_day.organization_key = currencies.organization_key
),

spent as (
    select
        organization_key,
        project_key,
        day,
        currency,
        sum(cost_nanos) as cost_nanos,
        sum(provisional_nanos) as provisional_nanos,
        sum(estimated_nanos) as estimated_nanos,
        sum(requests) as requests,
        sum(tokens) as tokens,
        case when max(is_cost) = 1 and max(is_usage) = 1 then 1 else 0 end as is_measured
    from told
    group by organization_key, project_key, day, currency
)

select
    coalesce(dim_organizations.organization_id, '') as organization_id,
    coalesce(dim_projects.project_id, '') as project_id,
    coalesce(dim_projects.project_name, '') as project_name,
    coalesce(dim_projects.class, '') as class,
    coalesce(dim_projects.owner, '') as owner,
    coalesce(dim_projects.cost_center, '') as cost_center,
    spent.day,
    substr(spent.day, 1, 7) as month,
    coalesce(dim_days.week, '') as week,
    spent.currency,
    spent.cost_nanos,
    spent.provisional_nanos,
    spent.estimated_nanos,
    spent.requests,
    spent.tokens,
    case when spent.is_measured = 1 then spent.cost_nanos end as measured_nanos,
    case when spent.is_measured = 1 then spent.requests end as measured_requests,
    case when spent.is_measured = 1 then spent.tokens end as measured_tokens
from spent
left join dim_days on spent.day = dim_days.day
left join dim_organizations on spent.organization_key = dim_organizations.organization_key
left join dim_projects on spent.project_key = dim_projects.project_key;
