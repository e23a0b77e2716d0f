-- title:   ChatGPT, Codex and Sora credits
-- summary: What each workspace bought, used and has left in credits per month, and what was paid for it; credits are no money.
-- files:   credit_usage
-- param:   from until
-- column:  account_id  text              Workspace
-- column:  month       month             Month
-- column:  bought      money(unit)       Bought
-- column:  used        money(unit)       Used
-- column:  balance     money(unit)       Balance
-- column:  unit        text              Unit       data
-- column:  expires_on  day               Expires
-- column:  purchases   integer           Purchases  wide
-- column:  billed      amount(currency)  Billed     total
-- column:  charges     integer           Charges    wide
-- column:  charged     amount(currency)  Charged    total
-- column:  currency    text              Cur
-- column:  note        text              Note       below
-- evidence: credit-usage charges
-- formats: table csv json xlsx html pdf
select
    account_id,
    month,
    bought_nanos as bought,
    used_nanos as used,
    balance_nanos as balance,
    'credits' as unit,
    expires_on,
    purchase_count as purchases,
    billed_nanos as billed,
    charge_count as charges,
    charged_nanos as charged,
    currency,
    note
from fct_credit_wallets
where month >= substr(:from, 1, 7) and month || '-01' < :until
order by account_id, month, currency;
