-- One row per organization, month and currency that was invoiced or should be: usage against invoices.
--
-- grain    organization_id, month, currency
-- reads    invoiced_month, organization
-- read by  reports/invoiced
create view fct_invoiced as
select
    organization.organization_id,
    invoiced_month.month,
    invoiced_month.currency,
    invoiced_month.usage_nanos,
    invoiced_month.invoiced_nanos,
    invoiced_month.tax_nanos,
    invoiced_month.invoiced_nanos - invoiced_month.usage_nanos as difference_nanos,
    invoiced_month.invoice_numbers,
    invoiced_month.basis
from invoiced_month
inner join organization on invoiced_month.organization_key = organization.organization_key;
