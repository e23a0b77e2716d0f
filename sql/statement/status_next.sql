-- One row at most: the exception to look at first: the gravest, then the largest, then the newest.
select
    exception.code,
    coalesce(
        project.project_id, nullif(exception.reference, ''), organization.organization_id, ''
    ) as subject,
    exception.explanation,
    exception.next_action
from exception
left join organization on exception.organization_key = organization.organization_key
left join project on exception.project_key = project.project_key
order by
    case exception.severity when 'error' then 1 when 'warning' then 2 else 3 end,
    exception.amount_nanos desc,
    exception.dated_on desc,
    exception.id
limit 1;
