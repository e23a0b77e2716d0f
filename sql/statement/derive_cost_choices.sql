-- What counts of all candidates, and what an organization's day has besides its projects.
--
-- cost_choice  one row per key: the candidate that ranks last gives the total,
--              the finest (the newest of equals) splits it
-- cost_rest    one row per organization, day and currency whose total an
--              ungrouped snapshot states: how it compares with the projects
create temp table if not exists cost_choice (
    organization_key integer not null,
    slot integer not null,
    day text not null,
    currency text not null,
    snapshot_id integer not null,
    rank_number integer not null,
    total integer not null,
    had_cost integer not null,  -- 1: some candidate is not zero
    partition_id integer,  -- null: absent, so zero
    split_partition_id integer,
    primary key (organization_key, slot, day, currency)
) without rowid;

create temp table if not exists cost_rest (
    organization_key integer not null,
    day text not null,
    currency text not null,
    snapshot_id integer not null,
    total integer not null,
    projects_total integer not null,
    is_alone integer not null,  -- 1: no project cost anything on that day
    is_row integer not null,  -- 1: total above projects_total is a row without project
    is_outdated integer not null,  -- 1: below the projects, but older and settling
    project_snapshot_id integer,  -- newest that gives a project's total
    partition_id integer,
    split_partition_id integer,
    primary key (organization_key, day, currency)
) without rowid;

delete from temp.cost_choice;
delete from temp.cost_rest;

-- What one candidate alone says.
insert into temp.cost_choice
select
    organization_key,
    slot,
    day,
    currency,
    min(snapshot_id) as snapshot_id,
    min(rank_number) as rank_number,
    min(total) as total,
    min(total) <> 0 as had_cost,
    min(partition_id) as partition_id,
    min(partition_id) as split_partition_id
from temp.cost_candidate
group by organization_key, slot, day, currency
having count(*) = 1;

-- The finest is mostly the last: only the others are looked through.
insert into temp.cost_choice
with ordered as (
    select
        cost_candidate.*,
        lead(cost_candidate.snapshot_id) over rank_order is null as is_last
    from temp.cost_contested
    inner join temp.cost_candidate
        using (organization_key, slot, day, currency)
    window rank_order as (
        partition by
            cost_candidate.organization_key,
            cost_candidate.slot,
            cost_candidate.day,
            cost_candidate.currency
        order by
            cost_candidate.is_complete,
            cost_candidate.rank_number,
            cost_candidate.total,
            cost_candidate.file_rank,
            cost_candidate.snapshot_id
    )
),

winners as (
    select * from ordered
    where is_last
)

select
    organization_key,
    slot,
    day,
    currency,
    snapshot_id,
    rank_number,
    total,
    total <> 0
    or exists (
        select 1 from temp.cost_candidate as other
        where
            other.organization_key = winners.organization_key
            and other.slot = winners.slot
            and other.day = winners.day
            and other.currency = winners.currency
            and other.total <> 0
    ) as had_cost,
    partition_id,
    case
        when
            exists (
                select 1 from temp.cost_candidate as finer
                where
                    finer.organization_key = winners.organization_key
                    and finer.slot = winners.slot
                    and finer.day = winners.day
                    and finer.currency = winners.currency
                    and finer.is_complete = winners.is_complete
                    and finer.fineness > winners.fineness
            )
            then (
                select finest.partition_id from temp.cost_candidate as finest
                where
                    finest.organization_key = winners.organization_key
                    and finest.slot = winners.slot
                    and finest.day = winners.day
                    and finest.currency = winners.currency
                    and finest.is_complete = winners.is_complete
                order by
                    finest.fineness desc,
                    finest.rank_number desc,
                    finest.total desc,
                    finest.file_rank desc
                limit 1
            )
        else partition_id
    end as split_partition_id
from winners;

insert into temp.cost_rest
with project_days as (
    select
        cost_choice.organization_key,
        cost_choice.day,
        cost_choice.currency,
        sum(cost_choice.total) as total,
        sum(cost_choice.total <> 0) as costly_count,
        max(ranked_snapshot.rank_code) as rank_code
    from temp.cost_choice
    inner join temp.ranked_snapshot using (snapshot_id)
    where
        cost_choice.slot >= 0
        and exists (select 1 from temp.cost_choice as whole where whole.slot = -1)
    group by cost_choice.organization_key, cost_choice.day, cost_choice.currency
),

ungrouped_days as (
    select
        cost_choice.*,
        ranked_snapshot.settling_from
    from temp.cost_choice
    inner join temp.ranked_snapshot using (snapshot_id)
    where cost_choice.slot = -1 and not ranked_snapshot.is_grouped
),

compared as (
    select
        ungrouped_days.*,
        coalesce(project_days.total, 0) as projects_total,
        coalesce(project_days.costly_count, 0) = 0 as is_alone,
        newest.snapshot_id as project_snapshot_id,
        ungrouped_days.rank_number < newest.rank_number
        and ungrouped_days.day >= ungrouped_days.settling_from as is_older
    from ungrouped_days
    left join project_days using (organization_key, day, currency)
    left join temp.ranked_snapshot as newest
        on
            newest.kind = 'cost'
            and newest.organization_key = ungrouped_days.organization_key
            and newest.rank_code = project_days.rank_code
)

select
    organization_key,
    day,
    currency,
    snapshot_id,
    total,
    projects_total,
    is_alone,
    case
        when is_alone then total <> 0 or had_cost
        else total > projects_total
    end as is_row,
    not is_alone and total < projects_total and is_older as is_outdated,
    project_snapshot_id,
    partition_id,
    split_partition_id
from compared;
