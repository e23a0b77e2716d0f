-- One row per verdict, the newest first.
select
    verdict_id,
    organization_id,
    project_id,
    currency,
    from_on,
    until_on
from verdict
order by verdict_id desc;
