-- One row per invoice number of a payment or a receipt; a payment's says whose counter it is.
select
    topup.invoice_number,
    topup.organization_key,
    organization.organization_id,
    topup.paid_on,
    topup.currency,
    topup.file_id,
    topup.line
from topup
join organization on organization.organization_key = topup.organization_key
where topup.invoice_number <> ''
union all
select invoice_number, 0, '', paid_on, currency, file_id, line
from receipt
where invoice_number <> '';
