-- One row per line that stands between a matched payment's credit and what its card lost.
--
-- grain    adjustment
-- reads    adjustment, topup, file, organization
-- read by  reports/adjustments, reports/adjustments.cause, the close room
--
-- amount is above zero where the card lost more for it. treatment is how books take it: 'recoverable',
-- 'reverse-charge' or 'cost'; is_assumed where the organizations table does not say.
create view fct_adjustments as
select
    organization.organization_id,
    topup.paid_on,
    substr(topup.paid_on, 1, 7) as month,
    topup.reference,
    adjustment.cause,
    adjustment.amount_nanos,
    adjustment.currency,
    adjustment.rate_nanos,
    adjustment.source,
    adjustment.treatment,
    adjustment.is_assumed,
    adjustment.explanation,
    file.name as topup_source,
    topup.line as topup_line,
    topup.id
from adjustment
inner join topup on adjustment.topup_id = topup.topup_id
inner join organization on topup.organization_key = organization.organization_key
inner join file on topup.file_id = file.file_id;
