-- One row per recharge setting of an organization that prepays: those of the newest file that names it.
with settings as (
    select
        recharge_row.*,
        dense_rank() over (
            partition by recharge_row.organization_key
            order by stg_file_ranks.newness desc
        ) as file_position
    from recharge_row
    inner join stg_file_ranks on recharge_row.file_id = stg_file_ranks.file_id
)

select
    settings.organization_key,
    settings.currency,
    settings.from_on,
    settings.until_on,
    settings.threshold_nanos,
    settings.amount_nanos,
    settings.target_nanos,
    settings.cap_nanos
from settings
inner join organization on settings.organization_key = organization.organization_key
inner join organization_fact on settings.organization_key = organization_fact.organization_key
where settings.file_position = 1 and organization_fact.billing_mode <> 'invoiced'
order by organization.organization_id, coalesce(settings.from_on, ''), settings.line;
