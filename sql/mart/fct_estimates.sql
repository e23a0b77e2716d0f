-- One row per organization, project, day without cost, model, service tier and token kind: use at list price.
--
-- grain    organization_id, project_id, day, endpoint, model, service_tier, token_kind
-- reads    estimate_day, usage_value, rate, organization, project, file
-- read by  reports/estimates, reports/spend by line item, model, surface, key and user
--
-- The organization is empty where nothing tells whose the project is. value_nanos is null without a
-- price. price_nanos is for a million of quantity.
create view fct_estimates as
select
    estimate_day.organization_key,
    estimate_day.project_key,
    coalesce(organization.organization_id, '') as organization_id,
    coalesce(project.project_id, '') as project_id,
    coalesce(project.name, '') as project_name,
    estimate_day.day,
    substr(estimate_day.day, 1, 7) as month,
    usage_value.kind as endpoint,
    usage_value.model,
    usage_value.service_tier,
    usage_value.token_kind,
    usage_value.quantity,
    usage_value.value_nanos,
    rate.rate_nanos as price_nanos,
    estimate_day.currency,
    case
        when rate.rate_id is null then 'no price is known'
        when rate.file_id is not null then file.name
        else rate.source
    end as price_source
from estimate_day
inner join usage_value
    on
        usage_value.day = estimate_day.day
        and coalesce(usage_value.project_key, 0) = coalesce(estimate_day.project_key, 0)
        and coalesce(usage_value.organization_key, 0) = coalesce(estimate_day.organization_key, 0)
left join organization on organization.organization_key = estimate_day.organization_key
left join project on project.project_key = estimate_day.project_key
left join rate on rate.rate_id = usage_value.rate_id
left join file on file.file_id = rate.file_id;
