-- One row per runaway episode of a project.
--
-- grain    project_id, currency, from_on
-- reads    runaway_episode, organization, project
-- read by  reports/runaway
create view fct_runaways as
select
    organization.organization_id,
    project.project_id,
    project.name as project_name,
    runaway_episode.from_on,
    runaway_episode.until_on,
    runaway_episode.rules,
    runaway_episode.excess_nanos,
    runaway_episode.baseline_nanos,
    runaway_episode.currency,
    runaway_episode.is_provisional,
    runaway_episode.explanation
from runaway_episode
inner join organization on runaway_episode.organization_key = organization.organization_key
inner join project on runaway_episode.project_key = project.project_key;
