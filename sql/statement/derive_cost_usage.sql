-- usage_day: the newest word on each project's day, by kind; of an ungrouped export what it has above
-- the projects of its organization (of those whose organization is unknown, where it names none).
--
-- What an endpoint counts that counts no tokens is compared and added as tokens
-- are, and stands in a column of its own at the end.
--
-- usage_candidate  one row per key (kind, organization, slot, day) and snapshot;
--                  place 1 counts; the organization is 0 where a project is named.
--                  One that a reject may belong to comes after all others
create temp table if not exists usage_candidate (
    kind text not null,
    organization_key integer not null,
    slot integer not null,
    day text not null,
    place integer not null,
    is_complete integer not null,
    rank_number integer not null,
    snapshot_id integer not null,
    partition_id integer not null,
    requests integer not null,
    tokens integer not null
);

delete from temp.usage_candidate;

insert into temp.usage_candidate
with slotted as (
    select
        ranked_snapshot.kind,
        case
            when partition.project_key is null
                then coalesce(ranked_snapshot.organization_key, 0)
            else 0
        end as organization_key,
        case
            when partition.project_key is not null then partition.project_key
            when ranked_snapshot.is_grouped then 0
            else -1
        end as slot,
        partition.day,
        not exists (
            select 1 from temp.incomplete
            where incomplete.partition_id = partition.partition_id
        ) as is_complete,
        ranked_snapshot.rank_number,
        ranked_snapshot.file_rank,
        ranked_snapshot.snapshot_id,
        partition.partition_id,
        partition.request_count as requests,
        partition.total as tokens
    from temp.ranked_snapshot
    inner join partition using (snapshot_id)
    where ranked_snapshot.kind <> 'cost'
)

select
    kind,
    organization_key,
    slot,
    day,
    row_number() over (
        partition by kind, organization_key, slot, day
        order by
            is_complete desc,
            rank_number desc,
            tokens desc,
            file_rank desc,
            snapshot_id
    ) as place,
    is_complete,
    rank_number,
    snapshot_id,
    partition_id,
    requests,
    tokens
from slotted;

insert into usage_day (
    organization_key, project_key, kind, day, partition_id, requests, tokens,
    is_provisional, quantity
)
with winners as (
    select
        usage_candidate.kind,
        usage_candidate.slot,
        usage_candidate.day,
        usage_candidate.partition_id,
        usage_candidate.requests,
        usage_candidate.tokens,
        coalesce(
            project_fact.organization_key, ranked_snapshot.organization_key
        ) as organization_key,
        usage_candidate.day >= ranked_snapshot.provisional_from
            as is_provisional
    from temp.usage_candidate
    inner join temp.ranked_snapshot using (snapshot_id)
    left join project_fact
        on project_fact.project_key = usage_candidate.slot
    where usage_candidate.place = 1
),

project_days as (
    select
        kind,
        coalesce(organization_key, 0) as organization_key,
        day,
        sum(requests) as requests,
        sum(tokens) as tokens
    from winners
    where slot >= 0
    group by kind, coalesce(organization_key, 0), day
),

rests as (
    select
        winners.*,
        winners.tokens - coalesce(project_days.tokens, 0) as rest_tokens,
        max(
            winners.requests - coalesce(project_days.requests, 0), 0
        ) as rest_requests
    from winners
    left join project_days
        on
            project_days.kind = winners.kind
            and project_days.organization_key
            = coalesce(winners.organization_key, 0)
            and project_days.day = winners.day
    where winners.slot = -1
),

usage_days as (
    select
        organization_key,
        nullif(slot, 0) as project_key,
        kind,
        day,
        partition_id,
        requests,
        tokens,
        is_provisional
    from winners
    where slot >= 0 and (tokens <> 0 or requests <> 0)
    union all
    select
        organization_key,
        null as project_key,
        kind,
        day,
        partition_id,
        rest_requests as requests,
        rest_tokens as tokens,
        is_provisional
    from rests
    where rest_tokens > 0 or (rest_tokens = 0 and rest_requests > 0)
),

kinds as (
    select
        kind,
        kind in ('completions', 'embeddings', 'moderations') as counts_tokens
    from usage_days
    group by kind
)

select
    usage_days.organization_key,
    usage_days.project_key,
    usage_days.kind,
    usage_days.day,
    usage_days.partition_id,
    usage_days.requests,
    case when kinds.counts_tokens then usage_days.tokens else 0 end as tokens,
    usage_days.is_provisional,
    case when kinds.counts_tokens then 0 else usage_days.tokens end as quantity
from usage_days
inner join kinds using (kind);
