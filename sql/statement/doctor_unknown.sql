-- One row per organization of which nothing can be said: what is missing, and since when it is known.
select
    organization.organization_key,
    organization.organization_id,
    case when organization_fact.cost_from is null then 'cost' else 'payments' end as missing,
    organization_fact.first_on
from organization
inner join organization_fact on organization.organization_key = organization_fact.organization_key
where
    organization_fact.billing_mode <> 'invoiced'
    and (
        organization_fact.cost_from is null
        or not exists (
            select 1
            from int_standings
            where
                int_standings.organization_key = organization.organization_key
                and int_standings.is_known = 1
        )
    )
order by organization.organization_id;
