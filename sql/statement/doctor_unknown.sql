-- One row per organization of which nothing can be said: what is missing, since when it is known, and what was
-- last paid for it.
with paid as (
    select
        organization_key,
        paid_on,
        credit_nanos,
        credit_currency as currency,
        row_number() over (
            partition by organization_key order by paid_at desc, topup_id desc
        ) as place
    from topup
    where status = 'paid' and wallet not in ('chatgpt', 'credits')
)

select
    organization.organization_key,
    organization.organization_id,
    case when organization_fact.cost_from is null then 'cost' else 'payments' end as missing,
    organization_fact.first_on,
    paid.paid_on,
    paid.credit_nanos,
    paid.currency
from organization
inner join organization_fact on organization.organization_key = organization_fact.organization_key
left join paid on organization.organization_key = paid.organization_key and paid.place = 1
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
