-- title:   Invoiced organizations
-- summary: What organizations that are billed by invoice used per month, and what their invoices of that month say.
-- param:   org from until
-- column:  organization_id  text              Organization
-- column:  month            month             Month
-- column:  usage            money(currency)   Usage       total
-- column:  invoiced         amount(currency)  Invoiced    total
-- column:  difference       money(currency)   Difference  total
-- column:  tax              amount(currency)  Tax         total
-- column:  invoices         text              Invoices
-- column:  basis            text              Month_by
-- column:  currency         text              Cur
-- evidence: receipts spend
-- formats: table csv json xlsx html pdf
select
    organization_id,
    month,
    usage_nanos as usage,
    invoiced_nanos as invoiced,
    difference_nanos as difference,
    tax_nanos as tax,
    invoice_numbers as invoices,
    basis,
    currency
from fct_invoiced
where
    month >= substr(:from, 1, 7)
    and month || '-01' < :until
    and (:org is null or organization_id = :org)
order by organization_id, month, currency;
