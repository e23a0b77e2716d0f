-- One row per wallet, day of purchase as printed and currency: its charges, and what
-- they come to with the card's credits taken off.
--
-- grain    wallet, dated_on, currency
-- reads    charge
-- read by  reports/wallets
create view fct_wallets as
select
    wallet,
    dated_on,
    substr(dated_on, 1, 7) as month,
    currency,
    sum(case when amount_nanos > 0 then 1 else 0 end) as charge_count,
    sum(amount_nanos) as amount_nanos
from charge
where state = 'posted'
group by wallet, dated_on, currency;
