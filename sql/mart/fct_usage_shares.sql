-- One row per burn policy, organization, project, credit currency and UTC day that used credit: the project's share of what was drawn and overdrawn.
--
-- grain    policy, organization_id, project_id, currency, day
-- reads    allocation_day, burn, credit_grant, project, project_fact, organization
-- read by  statement/books_shares
--
-- drawn_nanos is from paid and free credit together; day_paid_nanos is what the organization's whole day
-- drew from paid credit, of which each project has the same part as of all that was drawn.
create view fct_usage_shares as
with paid_draws as (
    select
        burn.policy,
        burn.organization_key,
        credit_grant.currency,
        burn.day,
        sum(burn.drawn_nanos) as drawn_nanos
    from burn
    inner join credit_grant on burn.credit_grant_id = credit_grant.credit_grant_id
    where credit_grant.is_free = 0
    group by burn.policy, burn.organization_key, credit_grant.currency, burn.day
)

select
    allocation_day.policy,
    organization.organization_id,
    coalesce(project.project_id, '') as project_id,
    coalesce(project.name, '') as project_name,
    coalesce(project_fact.class, '') as class,
    allocation_day.currency,
    allocation_day.day,
    allocation_day.drawn_nanos,
    allocation_day.overdrawn_nanos,
    coalesce(paid_draws.drawn_nanos, 0) as day_paid_nanos
from allocation_day
inner join organization on allocation_day.organization_key = organization.organization_key
left join project on allocation_day.project_key = project.project_key
left join project_fact on allocation_day.project_key = project_fact.project_key
left join paid_draws
    on allocation_day.policy = paid_draws.policy
    and allocation_day.organization_key = paid_draws.organization_key
    and allocation_day.currency = paid_draws.currency
    and allocation_day.day = paid_draws.day;
