-- One row per episode that a name may mean: the whole id, the first letters of one, or the id of its exception.
select
    runaway_episode.id,
    organization.organization_id,
    project.project_id,
    runaway_episode.currency,
    runaway_episode.from_on,
    runaway_episode.until_on,
    runaway_episode.excess_nanos,
    coalesce(verdict.verdict, '') as verdict,
    coalesce(verdict.why, '') as why
from runaway_episode
inner join organization on runaway_episode.organization_key = organization.organization_key
inner join project on runaway_episode.project_key = project.project_key
left join verdict on runaway_episode.verdict_id = verdict.verdict_id
where
    substr(runaway_episode.id, 1, length(:name)) = :name
    or runaway_episode.id = (
        select exception.reference
        from exception
        where exception.id = :name and exception.code = 'RUNAWAY'
    )
order by runaway_episode.id;
