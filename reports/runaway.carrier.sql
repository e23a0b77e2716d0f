-- title:   Runaway projects by what carried them
-- summary: Line items, keys, users and models, with their share of what was above the weeks before.
-- files:   cost
-- by:      carrier
-- param:   org project from until
-- column:  organization_id  text             Organization
-- column:  project_id       text             Project       wide
-- column:  project_name     text             Name
-- column:  from             day              From
-- column:  excess           money(currency)  Excess
-- column:  dimension        text             Kind
-- column:  name             text             Carried_by
-- column:  share            share            Share
-- column:  basis            text             Of
-- column:  is_new           integer          New
-- column:  currency         text             Cur
-- column:  id               text             Id
-- evidence: spend.line_item
-- formats: table csv json xlsx html pdf
select
    organization_id,
    project_id,
    project_name,
    from_on as "from",
    excess_nanos as excess,
    dimension,
    name,
    share_ppm as share,
    basis,
    is_new,
    currency,
    id
from fct_runaway_carriers
where
    from_on < :until
    and last_on >= :from
    and (:org is null or organization_id = :org)
    and (:project is null or project_id = :project)
order by organization_id, project_id, from_on, currency, dimension, position;
