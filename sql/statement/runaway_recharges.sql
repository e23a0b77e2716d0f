-- Counts the payments of every organization by day, once for all: topup has no index by organization.
drop table if exists temp.runaway_recharge;

create temp table runaway_recharge as
select
    organization_key,
    credit_currency,
    paid_on,
    count(*) as recharge_count
from topup
where status in ('paid', 'refunded') and wallet = 'api'
group by organization_key, credit_currency, paid_on;

create unique index temp.runaway_recharge_day
    on runaway_recharge (organization_key, credit_currency, paid_on);
