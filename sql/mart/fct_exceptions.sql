-- One row per exception.
--
-- grain    exception
-- reads    exception, organization, project, file, calendar
-- read by  reports/exceptions
create view fct_exceptions as
select
    exception.code,
    exception.severity,
    case exception.severity when 'error' then 1 when 'warning' then 2 else 3 end as severity_rank,
    organization.organization_id,
    project.project_id,
    exception.dated_on,
    calendar.day_number,
    exception.amount_nanos,
    exception.currency,
    exception.reference,
    file.name as source,
    case when exception.line > 0 then exception.line end as line,
    exception.explanation,
    exception.next_action,
    exception.id
from exception
left join organization on exception.organization_key = organization.organization_key
left join project on exception.project_key = project.project_key
left join file on exception.file_id = file.file_id
left join calendar on exception.dated_on = calendar.day;
