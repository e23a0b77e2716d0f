-- One row per runaway episode and rule that fired in it.
--
-- grain    project_id, currency, from_on, rule
-- reads    fct_runaways, runaway_rule
-- read by  reports/runaway.rule, reports/runaway.month
create view fct_runaway_rules as
with counted as (
    select
        id,
        count(*) as rule_count
    from runaway_rule
    group by id
)

select
    fct_runaways.id,
    fct_runaways.organization_id,
    fct_runaways.project_id,
    fct_runaways.project_name,
    fct_runaways.from_on,
    fct_runaways.last_on,
    fct_runaways.raised_month,
    fct_runaways.currency,
    fct_runaways.verdict,
    runaway_rule.rule,
    runaway_rule.from_on as fired_on,
    runaway_rule.day_count,
    runaway_rule.excess_nanos,
    runaway_rule.evidence,
    case when counted.rule_count = 1 then 1 else 0 end as is_alone
from fct_runaways
inner join runaway_rule on fct_runaways.id = runaway_rule.id
inner join counted on fct_runaways.id = counted.id;
