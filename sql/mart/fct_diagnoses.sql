-- One row per organization and cause why its calls may fail or its use show nothing, the likeliest first.
--
-- grain    organization_id, position
-- reads    diagnosis, organization, file
-- read by  reports/doctor
create view fct_diagnoses as
select
    organization.organization_id,
    organization.name as organization_name,
    diagnosis.position,
    diagnosis.cause,
    diagnosis.since_on,
    diagnosis.amount_nanos,
    nullif(diagnosis.currency, '') as currency,
    diagnosis.reference,
    file.name as source,
    case when diagnosis.line > 0 then diagnosis.line end as line,
    diagnosis.finding,
    diagnosis.next_step,
    diagnosis.evidence
from diagnosis
inner join organization on diagnosis.organization_key = organization.organization_key
left join file on diagnosis.file_id = file.file_id;
