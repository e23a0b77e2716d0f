-- title:   Usage that no cost export covers yet, at list price
-- summary: What each model's use was worth on the days without cost; never part of cost.
-- param:   org project from until
-- column:  organization_id  text             Organization
-- column:  project_id       text             Project       wide
-- column:  project_name     text             Name
-- column:  day              day              Day
-- column:  endpoint         text             Endpoint      wide
-- column:  model            text             Model
-- column:  service_tier     text             Tier          wide
-- column:  token_kind       text             Kind
-- column:  quantity         integer          Quantity
-- column:  price            money(currency)  Price         data
-- column:  estimated        money(currency)  Estimated     total
-- column:  currency         text             Cur
-- column:  price_source     text             Price_of      wide
-- formats: table csv json xlsx html pdf
select
    organization_id,
    project_id,
    project_name,
    day,
    endpoint,
    model,
    service_tier,
    token_kind,
    quantity,
    price_nanos as price,
    value_nanos as estimated,
    currency,
    price_source
from fct_estimates
where
    day >= :from
    and day < :until
    and (:org is null or organization_id = :org)
    and (:project is null or project_id = :project)
order by organization_id, project_id, day, endpoint, model, service_tier, token_kind;
