-- title:   Exceptions by age
-- summary: How many exceptions are open, for how long, and the money that they are about.
-- param:   org until as-of
-- column:  organization_id  text             Organization
-- column:  code             text             Code
-- column:  severity         text             Severity
-- column:  0-30             integer          0-30_days
-- column:  31-60            integer          31-60
-- column:  61-90            integer          61-90
-- column:  >90              integer          >90
-- column:  amount           money(currency)  Amount
-- column:  currency         text             Cur
-- evidence: exceptions
-- formats: table csv json xlsx html pdf
with aged as (
    select
        fct_exceptions.*,
        case
            when day_number < :as_of_number then :as_of_number - 1 - day_number
            else 0
        end as age_days
    from fct_exceptions
    where
        dated_on < :until
        and (:org is null or organization_id = :org)
)

select
    coalesce(organization_id, '') as organization_id,
    code,
    severity,
    sum(case when age_days <= 30 then 1 else 0 end) as "0-30",
    sum(case when age_days > 30 and age_days <= 60 then 1 else 0 end) as "31-60",
    sum(case when age_days > 60 and age_days <= 90 then 1 else 0 end) as "61-90",
    sum(case when age_days > 90 then 1 else 0 end) as ">90",
    sum(amount_nanos) as amount,
    currency
from aged
group by organization_id, severity_rank, code, severity, currency
order by organization_id, severity_rank, code, currency;
