-- One row per organization, project, day, model, service tier and token kind: its cost beside its quantity x price.
--
-- grain    organization_id, project_id, day, currency, model, service_tier, token_kind
-- reads    rate_check, rate, organization, project
-- read by  reports/rate-check
create view fct_rate_checks as
select
    organization.organization_id,
    coalesce(project.project_id, '') as project_id,
    coalesce(project.name, '') as project_name,
    rate_check.day,
    rate_check.model,
    rate_check.service_tier,
    rate_check.token_kind,
    rate_check.quantity,
    rate.rate_nanos as price_nanos,
    rate_check.value_nanos,
    rate_check.cost_nanos,
    rate_check.cost_nanos - rate_check.value_nanos as residual_nanos,
    rate_check.currency,
    rate_check.cause
from rate_check
inner join organization on organization.organization_key = rate_check.organization_key
left join project on project.project_key = rate_check.project_key
left join rate on rate.rate_id = rate_check.rate_id;
