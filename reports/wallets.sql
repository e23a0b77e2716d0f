-- title:   Wallets
-- summary: What the cards paid into each wallet per month: API, ChatGPT, credits, other.
-- param:   from until
-- column:  wallet    text              Wallet
-- column:  month     month             Month
-- column:  charges   integer           Charges
-- column:  amount    amount(currency)  Amount    total
-- column:  currency  text              Cur
-- formats: table csv json
select
    wallet,
    month,
    charge_count as charges,
    amount_nanos as amount,
    currency
from fct_wallets
where month >= substr(:from, 1, 7) and month || '-01' < :until
order by wallet, month, currency;
