-- One row per runaway episode of a project.
--
-- grain    project_id, currency, from_on
-- reads    runaway_episode, verdict, organization, project
-- read by  reports/runaway, reports/runaway-new, fct_runaway_rules, fct_runaway_carriers
--
-- until_on is null while the episode is open: last_on is its last day so far. ended_on is the day by
-- which it was known to be over.
create view fct_runaways as
select
    runaway_episode.id,
    organization.organization_id,
    project.project_id,
    project.name as project_name,
    runaway_episode.from_on,
    case when runaway_episode.is_open = 0 then runaway_episode.until_on end as until_on,
    runaway_episode.until_on as last_on,
    runaway_episode.raised_on,
    substr(runaway_episode.raised_on, 1, 7) as raised_month,
    runaway_episode.day_count,
    runaway_episode.rules,
    runaway_episode.excess_nanos,
    runaway_episode.baseline_nanos,
    runaway_episode.currency,
    case
        when runaway_episode.is_provisional = 1 and runaway_episode.is_estimated = 1
            then 'provisional, estimated'
        when runaway_episode.is_provisional = 1 then 'provisional'
        when runaway_episode.is_estimated = 1 then 'estimated'
        else ''
    end as marks,
    runaway_episode.explanation,
    runaway_episode.cause,
    runaway_episode.carried_by,
    coalesce(verdict.verdict, '') as verdict,
    coalesce(verdict.why, '') as why,
    coalesce(verdict.decided_by, '') as decided_by
from runaway_episode
inner join organization on runaway_episode.organization_key = organization.organization_key
inner join project on runaway_episode.project_key = project.project_key
left join verdict on runaway_episode.verdict_id = verdict.verdict_id;
