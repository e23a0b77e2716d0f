-- title:   Runaway rules by month
-- summary: What each rule would have raised, every day judged by the days before it alone.
-- files:   cost
-- by:      month
-- param:   org
-- column:  rule      text             Rule
-- column:  month     month            Month
-- column:  findings  integer          Findings
-- column:  alone     integer          Alone
-- column:  real      integer          Real
-- column:  planned   integer          Planned
-- column:  noise     integer          Noise
-- column:  excess    money(currency)  Excess
-- column:  currency  text             Cur
-- evidence: spend.day
-- formats: table csv json xlsx html pdf
select
    rule,
    raised_month as month,
    count(*) as findings,
    sum(is_alone) as alone,
    sum(case when verdict = 'real' then 1 else 0 end) as real,
    sum(case when verdict = 'planned' then 1 else 0 end) as planned,
    sum(case when verdict = 'noise' then 1 else 0 end) as noise,
    sum(excess_nanos) as excess,
    currency
from fct_runaway_rules
where :org is null or organization_id = :org
group by rule, raised_month, currency
order by raised_month, rule, currency;
