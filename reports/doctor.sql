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
-- needs:   doctor
-- formats: table csv json xlsx html pdf
select
    organization.organization_id,
    diagnosis.position,
    diagnosis.cause,
    diagnosis.since_on as since,
    diagnosis.amount_nanos as amount,
    nullif(diagnosis.currency, '') as currency,
    diagnosis.reference,
    file.name as source,
    case when diagnosis.line > 0 then diagnosis.line end as line,
    diagnosis.finding,
    diagnosis.next_step,
    diagnosis.evidence
from diagnosis
inner join organization on diagnosis.organization_key = organization.organization_key
left join file on diagnosis.file_id = file.file_id
where :org is null or organization.organization_id = :org
order by organization.organization_id, diagnosis.position;
