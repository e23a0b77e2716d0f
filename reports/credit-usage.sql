-- title:   ChatGPT credit usage by month
-- summary: What each workspace's usage took in credits per month; credits are no money.
-- files:   credit_usage
-- by:      month
-- param:   from until
-- column:  account_id     text                  Workspace
-- column:  month          month                 Month
-- column:  usage_type     text                  Usage_type
-- column:  credits        money(unit)           Credits        total
-- column:  unit           text                  Unit
-- column:  quantity       money(quantity_unit)  Quantity       data
-- column:  quantity_unit  text                  Quantity_unit  data
-- evidence: credit-usage.day
-- formats: table csv json xlsx html pdf
select
    account_id,
    month,
    usage_type,
    sum(credits_nanos) as credits,
    'credits' as unit,
    sum(quantity_nanos) as quantity,
    quantity_unit
from fct_credit_usage
where day >= :from and day < :until
group by account_id, month, usage_type, quantity_unit
order by account_id, month, usage_type, quantity_unit;
