-- title:   Exceptions
-- summary: Everything that does not tie out or needs a look, gravest first, with the next step.
-- param:   org project from until as-of
-- column:  code             text              Code
-- column:  severity         text              Severity
-- column:  organization_id  text              Organization
-- column:  project_id       text              Project       below
-- column:  date             day               Date
-- column:  age_days         integer           Age           wide
-- column:  amount           amount(currency)  Amount
-- column:  currency         text              Cur
-- column:  reference        text              Reference
-- column:  source           text              Source        data
-- column:  line             integer           Line          data
-- column:  explanation      text              Found         below
-- column:  next_action      text              Next          below
-- column:  age              text              Bucket        data
-- column:  id               text              Id            wide
-- formats: table csv json xlsx html pdf
with aged as (
    select
        fct_exceptions.*,
        case
            when day_number < :as_of_number then :as_of_number - 1 - day_number
            else 0
        end as age_days
    from fct_exceptions
)

select
    code,
    severity,
    organization_id,
    project_id,
    dated_on as date,
    age_days,
    amount_nanos as amount,
    currency,
    reference,
    source,
    line,
    explanation,
    next_action,
    case
        when age_days <= 30 then '0-30'
        when age_days <= 60 then '31-60'
        when age_days <= 90 then '61-90'
        else '>90'
    end as age,
    id
from aged
where
    dated_on >= :from
    and dated_on < :until
    and (:org is null or organization_id = :org)
    and (:project is null or project_id = :project)
order by
    severity_rank,
    code,
    organization_id,
    dated_on,
    reference,
    amount_nanos,
    explanation,
    id,
    project_id,
    source,
    line,
    currency;
