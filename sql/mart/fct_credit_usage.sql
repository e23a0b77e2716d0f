-- One row per ChatGPT workspace, day, usage type and unit: the credits that it took.
--
-- grain    account_id, day, usage_type, quantity_unit
-- reads    int_credit_usage_days, credit_usage_row
-- read by  reports/credit-usage
--
-- Credits are a unit of their own: there is no price here, and nothing adds them
-- to money. quantity counts what the report counts: tokens or counts.
create view fct_credit_usage as
select
    credit_usage_row.account_id,
    credit_usage_row.day,
    substr(credit_usage_row.day, 1, 7) as month,
    credit_usage_row.usage_type,
    credit_usage_row.units as quantity_unit,
    sum(credit_usage_row.credits_nanos) as credits_nanos,
    sum(credit_usage_row.quantity_nanos) as quantity_nanos
from int_credit_usage_days
inner join credit_usage_row
    on
        int_credit_usage_days.file_id = credit_usage_row.file_id
        and int_credit_usage_days.account_id = credit_usage_row.account_id
        and int_credit_usage_days.day = credit_usage_row.day
group by
    credit_usage_row.account_id,
    credit_usage_row.day,
    credit_usage_row.usage_type,
    credit_usage_row.units;
