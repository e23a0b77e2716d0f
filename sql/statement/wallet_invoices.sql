-- One row per payment of an organization's invoice: on a day on which it is invoiced, and not for
-- ChatGPT or Codex and Sora credits. A receipt or invoice of its number tells when it was issued.
with documents as (
    select
        invoice_number,
        min(issued_on) as issued_on,
        min(description) as description
    from receipt
    where invoice_number <> ''
    group by invoice_number
)

select
    topup.organization_key,
    organization.organization_id,
    topup.credit_nanos
    - case
        when topup.status = 'refunded' then coalesce(topup.refunded_credit_nanos, topup.credit_nanos)
        else coalesce(topup.refunded_credit_nanos, 0)
    end as invoiced_nanos,
    topup.tax_nanos,
    topup.credit_currency,
    topup.reference,
    topup.paid_on,
    topup.description || ' / ' || coalesce(documents.description, '') as description,
    documents.issued_on
from topup
inner join invoiced_day
    on topup.organization_key = invoiced_day.organization_key and topup.paid_on = invoiced_day.day
inner join organization on topup.organization_key = organization.organization_key
left join documents on topup.invoice_number = documents.invoice_number
where
    topup.status in ('paid', 'pending', 'refunded')
    and topup.wallet not in ('chatgpt', 'credits')
order by organization.organization_id, topup.paid_at, topup.topup_id;
