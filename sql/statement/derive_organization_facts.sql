-- One row per organization. Billing mode, materiality and the treatment of tax are those of its last covered day.
with spans as (
    select
        organization_key,
        min(case when kind <> 'coverage' then first_on end) as first_on,
        max(last_on) as last_on,
        min(case when kind = 'coverage' then first_on end) as cost_from,
        max(case when kind = 'coverage' then last_on end) as cost_until
    from stg_fact_spans
    where organization_key is not null
    group by organization_key
),

valid as (
    select
        stated.organization_key,
        stated.billing_mode,
        stated.materiality_nanos,
        stated.materiality_ppm,
        stated.tax,
        row_number() over (
            partition by stated.organization_key
            order by coalesce(stated.from_on, '') desc, stated.line desc
        ) as position
    from stg_organization_rows as stated
    left join spans on spans.organization_key = stated.organization_key
    where
        coalesce(stated.from_on, '')
        <= coalesce(spans.cost_until, spans.last_on, '9999-12-31')
        and coalesce(stated.until_on, '9999-12-31')
        >= coalesce(spans.cost_until, spans.last_on, '9999-12-31')
)

insert into organization_fact (
    organization_key, billing_mode, first_on, cost_from, cost_until, materiality_nanos,
    materiality_ppm, tax
)
select
    organization.organization_key,
    coalesce(valid.billing_mode, 'prepaid'),
    spans.first_on,
    spans.cost_from,
    spans.cost_until,
    valid.materiality_nanos,
    valid.materiality_ppm,
    coalesce(valid.tax, '')
from organization
left join spans on spans.organization_key = organization.organization_key
left join valid on valid.organization_key = organization.organization_key and valid.position = 1
order by organization.organization_id;
