-- One row per organization, credit currency and UTC month with a purchase: automatic and by hand, and the cap.
--
-- grain    organization_id, currency, month
-- reads    recharge_month, organization
-- read by  reports/recharge-audit
create view fct_recharges as
select
    organization.organization_id,
    recharge_month.currency,
    recharge_month.month,
    recharge_month.automatic_count,
    recharge_month.automatic_nanos,
    recharge_month.manual_count,
    recharge_month.manual_nanos,
    recharge_month.unstated_count,
    recharge_month.unstated_nanos,
    recharge_month.automatic_nanos + recharge_month.manual_nanos
    + recharge_month.unstated_nanos as all_nanos,
    recharge_month.cap_nanos,
    recharge_month.cap_state,
    recharge_month.threshold_nanos,
    recharge_month.threshold_basis,
    recharge_month.suspect_count,
    recharge_month.suspect_nanos,
    recharge_month.explanation
from recharge_month
inner join organization on recharge_month.organization_key = organization.organization_key;
