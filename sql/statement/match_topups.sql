-- One row per top-up, in natural order.
select
    topup.topup_id,
    topup.file_id,
    topup.line,
    topup.organization_key,
    topup.paid_from,
    topup.paid_until,
    topup.paid_at,
    topup.credit_nanos,
    topup.tax_nanos,
    topup.total_nanos,
    topup.id,
    file.name || ':' || topup.line as source,
    topup.reference,
    topup.paid_on,
    topup.invoice_number,
    topup.receipt_number,
    topup.description,
    topup.credit_currency,
    topup.currency,
    topup.card_last4,
    topup.status,
    topup.paid_is_date,
    coalesce(organization_fact.tax, '') as tax_treatment,
    (topup.status = 'refunded' or topup.refunded_at is not null) as is_refunded,
    coalesce(topup.refunded_at, 0) as refunded_at,
    coalesce(topup.refunded_credit_nanos, topup.credit_nanos) as refunded_credit_nanos,
    coalesce(topup.refunded_total_nanos, -1) as refunded_total_nanos
from topup
join file on file.file_id = topup.file_id
left join organization_fact on organization_fact.organization_key = topup.organization_key
order by topup.topup_id;
