-- title:   Wallets
-- summary: What the cards paid into each wallet (API, ChatGPT, credits, other) per month of purchase, less what came back, without fees.
-- files:   card
-- param:   from until
-- column:  wallet    text              Wallet
-- column:  month     month             Month
-- column:  charges   integer           Charges
-- column:  amount    amount(currency)  Amount    total
-- column:  currency  text              Cur
-- evidence: charges
-- formats: table csv json xlsx html pdf
select
    wallet,
    month,
    sum(charge_count) as charges,
    sum(amount_nanos) as amount,
    currency
from fct_wallets
where dated_on >= :from and dated_on < :until
group by wallet, month, currency
order by wallet, month, currency;
