-- One row per ChatGPT workspace, month and currency in which credits were bought or used.
--
-- grain    account_id, month, currency
-- reads    credit_wallet_month
-- read by  reports/credit-wallets
--
-- Credits are a unit of their own: nothing adds them to money.
create view fct_credit_wallets as
select
    account_id,
    month,
    currency,
    purchase_count,
    case when purchase_count > 0 then billed_nanos end as billed_nanos,
    charge_count,
    case when charge_count > 0 or charged_nanos <> 0 then charged_nanos end as charged_nanos,
    bought_nanos,
    used_nanos,
    balance_nanos,
    expires_on,
    note
from credit_wallet_month;
