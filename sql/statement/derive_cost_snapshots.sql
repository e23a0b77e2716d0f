-- Ranks the snapshots.
--
-- ranked_snapshot  one row per snapshot; rank_number orders rank_day, file_rank
--                  the files' bytes: together with a total they rank candidates
--                  without regard to the order of import
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
