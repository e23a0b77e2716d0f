-- One row per fact that makes a grant: a paid top-up, a free grant, an opening.
--
-- reads    topup, grant_fact, invoiced_day
-- read by  src/credit/facts.c
--
-- A console's grant of kind 'paid' is evidence of a top-up, not another grant. What was paid for
-- ChatGPT or for Codex and Sora credits is no API credit, nor is what is paid while the organization is
-- invoiced. The order is that of credit_grant_id: what is granted at the same instant goes by its number, and
-- where it has none by its id. Where it stands in its file tells nothing.
with sources as (
    select
        organization_key,
        credit_currency as currency,
        reference,
        'paid' as kind,
        kind as purchase,
        0 as is_free,
        1 as is_topup,
        paid_at as granted_at,
        paid_on as granted_on,
        null as expires_at,
        credit_nanos as face_nanos,
        total_nanos,
        status = 'refunded' or refunded_at is not null as is_refunded,
        coalesce(refunded_at, paid_at) as refunded_at,
        refunded_credit_nanos,
        refunded_total_nanos,
        topup_id,
        null as grant_fact_id,
        file_id,
        line,
        paid_is_date,
        paid_from,
        paid_until,
        coalesce(nullif(invoice_number, ''), nullif(receipt_number, ''), id) as name,
        id
    from topup
    where status in ('paid', 'refunded') and wallet not in ('chatgpt', 'credits')

    union all

    select
        organization_key,
        currency,
        coalesce(nullif(grant_id, ''), id) as reference,
        kind,
        '' as purchase,
        kind <> 'opening' as is_free,
        0 as is_topup,
        granted_at,
        granted_on,
        expires_at,
        amount_nanos as face_nanos,
        amount_nanos as total_nanos,
        0 as is_refunded,
        null as refunded_at,
        null as refunded_credit_nanos,
        null as refunded_total_nanos,
        null as topup_id,
        grant_fact_id,
        file_id,
        line,
        0 as paid_is_date,
        granted_at as paid_from,
        granted_at as paid_until,
        coalesce(nullif(grant_id, ''), id) as name,
        id
    from grant_fact
    where kind <> 'paid'
)

select sources.*
from sources
inner join organization using (organization_key)
left join invoiced_day
    on
        sources.organization_key = invoiced_day.organization_key
        and sources.granted_on = invoiced_day.day
where invoiced_day.day is null
order by organization.organization_id, sources.granted_at, sources.name, sources.id;
