-- Ranks the snapshots.
--
-- ranked_snapshot  one row per snapshot; rank_number orders rank_day, file_rank
--                  the files' bytes: together with a total they rank candidates
--                  without regard to the order of import
-- reject_scope     one row per snapshot, day and slot that a reject may belong to;
--                  a null day is any day, a null slot any slot: what could not be
--                  read, and a project that no good record of the file names
-- incomplete       one row per partition that a reject may belong to
create temp table if not exists ranked_snapshot (
    snapshot_id integer primary key,
    kind text not null,
    organization_key integer,
    file_id integer not null,
    rank_number integer not null,
    file_rank integer not null,
    rank_code integer not null,  -- both in one number
    from_day text not null,
    until_day text not null,
    provisional_from text not null,
    settling_from text not null,
    rank_stated integer not null,
    is_grouped integer not null,
    is_whole integer not null  -- only of a grouped one: others name no project
);

delete from temp.ranked_snapshot;

insert into temp.ranked_snapshot
with ranked as (
    select
        snapshot.*,
        dense_rank() over (order by snapshot.rank_day) as rank_number,
        dense_rank() over (
            order by file.sha256, file.format_digest, file.options
        ) as file_rank
    from snapshot
    inner join file using (file_id)
)

select
    snapshot_id,
    kind,
    organization_key,
    file_id,
    rank_number,
    file_rank,
    rank_number * 1000000 + file_rank as rank_code,
    from_day,
    until_day,
    provisional_from,
    settling_from,
    rank_stated,
    is_grouped,
    is_whole and is_grouped as is_whole
from ranked;

create temp table if not exists reject_scope (
    snapshot_id integer not null,
    day text,
    slot integer  -- project, 0 for none
);

create index if not exists temp.reject_scope_day
on reject_scope (snapshot_id, day, slot);

delete from temp.reject_scope;

insert into temp.reject_scope
with named as (
    select distinct
        snapshot.file_id,
        coalesce(partition.project_key, 0) as slot,
        coalesce(project.project_id, '') as project_id
    from file
    inner join snapshot on snapshot.file_id = file.file_id
    inner join partition on partition.snapshot_id = snapshot.snapshot_id
    left join project on project.project_key = partition.project_key
    where file.reject_count > 0
),

rejects as (
    select distinct
        file_id,
        day,
        project_id
    from reject
)

select distinct
    snapshot.snapshot_id,
    rejects.day,
    case when rejects.day is not null then named.slot end as slot
from rejects
inner join snapshot on snapshot.file_id = rejects.file_id
left join named
    on
        named.file_id = rejects.file_id
        and named.project_id = rejects.project_id;

create temp table if not exists incomplete (
    partition_id integer primary key
);

delete from temp.incomplete;

insert into temp.incomplete
select distinct partition.partition_id
from temp.reject_scope
inner join partition on partition.snapshot_id = reject_scope.snapshot_id
where
    reject_scope.day is null
    or (
        reject_scope.day = partition.day
        and (
            reject_scope.slot is null
            or reject_scope.slot = coalesce(partition.project_key, 0)
        )
    );
