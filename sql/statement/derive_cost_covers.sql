-- cost_cover: one row per day on which a project cost something and newest grouped snapshot that covers it
-- (several of one rank: cover_count). A snapshot with rejects on a day may name any project there: it
-- does not cover that day.
create temp table if not exists cost_cover (
    organization_key integer not null,
    day text not null,
    rank_number integer not null,
    snapshot_id integer not null,
    file_rank integer not null,
    cover_count integer not null,
    primary key (organization_key, day, snapshot_id)
) without rowid;

delete from temp.cost_cover;

insert into temp.cost_cover
with newest_covers as (
    select
        days.organization_key,
        days.day,
        max(ranked_snapshot.rank_number) as rank_number
    from (
        select distinct
            organization_key,
            day
        from temp.cost_choice
        where slot >= 0
    ) as days
    inner join temp.ranked_snapshot using (organization_key)
    where
        ranked_snapshot.kind = 'cost'
        and ranked_snapshot.is_grouped
        and days.day
        between ranked_snapshot.from_day and ranked_snapshot.until_day
        and not exists (
            select 1 from temp.reject_scope
            where
                reject_scope.snapshot_id = ranked_snapshot.snapshot_id
                and coalesce(reject_scope.day, days.day) = days.day
        )
    group by days.organization_key, days.day
)

select
    newest_covers.organization_key,
    newest_covers.day,
    newest_covers.rank_number,
    ranked_snapshot.snapshot_id,
    ranked_snapshot.file_rank,
    count(*) over (
        partition by newest_covers.organization_key, newest_covers.day
    ) as cover_count
from newest_covers
inner join temp.ranked_snapshot using (organization_key, rank_number)
where
    ranked_snapshot.kind = 'cost'
    and ranked_snapshot.is_grouped
    and newest_covers.day
    between ranked_snapshot.from_day and ranked_snapshot.until_day
    and not exists (
        select 1 from temp.reject_scope
        where
            reject_scope.snapshot_id = ranked_snapshot.snapshot_id
            and coalesce(reject_scope.day, newest_covers.day)
            = newest_covers.day
    );
