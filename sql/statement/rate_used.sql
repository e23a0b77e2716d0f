-- What was used by project's day, model, tier and token kind, where the export splits it.
select
    organization_key,
    project_key,
    day,
    model,
    service_tier,
    token_kind,
    sum(quantity) as quantity,
    max(is_provisional) as is_provisional
from usage_value
where organization_key is not null and model <> ''
group by organization_key, project_key, day, model, service_tier, token_kind;
