-- One row per wallet, day of purchase as printed and currency: what cards paid into it, credits taken off.
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
    count(*) as charge_count,
    sum(amount_nanos) as amount_nanos
from charge
where state = 'posted'
group by wallet, dated_on, currency;
