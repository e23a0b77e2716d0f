-- One row per organization and currency that has cost of a project.
select distinct
    organization.organization_key,
    organization.organization_id,
    int_judged_days.currency
from int_judged_days
inner join organization on int_judged_days.organization_key = organization.organization_key
where int_judged_days.project_key is not null
order by organization.organization_id, int_judged_days.currency;
