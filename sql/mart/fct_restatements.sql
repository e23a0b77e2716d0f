-- One row per change of a day's cost from one export to the next.
--
-- grain    organization_id, project_id, day, currency, source_before, source_after
-- reads    restatement, organization, project, file
-- read by  reports/restatements
create view fct_restatements as
select
    organization.organization_id,
    coalesce(project.project_id, '') as project_id,
    restatement.day,
    restatement.before_nanos,
    restatement.after_nanos,
    before_file.name as source_before,
    after_file.name as source_after,
    restatement.currency,
    restatement.is_conflict
from restatement
inner join organization on restatement.organization_key = organization.organization_key
inner join file as before_file on restatement.before_file_id = before_file.file_id
inner join file as after_file on restatement.after_file_id = after_file.file_id
left join project on restatement.project_key = project.project_key;
