-- title:   Why calls may fail
-- summary: Per organization what may make its calls fail, or its use show nothing, the likeliest first.
-- param:   org
-- column:  organization_id  text             Organization
-- column:  position         integer          No
-- column:  cause            text             Cause
-- column:  since            day              Since
-- column:  amount           amount(currency) Amount
-- column:  currency         text             Cur
-- column:  reference        text             Reference     wide
-- column:  source           text             Source        data
-- column:  line             integer          Line          data
-- column:  finding          text             Found         below
-- column:  next_step        text             Next          below
-- column:  evidence         text             See           below
-- formats: table csv json xlsx html pdf
select
    organization_id,
    position,
    cause,
    since_on as since,
    amount_nanos as amount,
    currency,
    reference,
    source,
    line,
    finding,
    next_step,
    evidence
from fct_diagnoses
where :org is null or organization_id = :org
order by organization_id, position;
