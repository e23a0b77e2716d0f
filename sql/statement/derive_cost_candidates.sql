-- Everything that any cost snapshot says about a project's day.
--
-- cost_candidate  one row per key (organization, slot, day, currency) and
--                 snapshot, in rank order: the last one of a key counts
--
-- cost_contested  one row per key of which there are several candidates:
--                 most days stand in one export alone
--
-- A slot is a project, 0 for rows without a project of a snapshot that names
-- projects, -1 for the organization's whole day. What a snapshot says without
-- a row has no partition: see the three inserts after the first.
--
-- A candidate that a reject may belong to is not complete: it ranks below all
-- that are, however new it is.
create temp table if not exists cost_candidate (
    organization_key integer not null,
    slot integer not null,
    day text not null,
    currency text not null,
    is_complete integer not null,
    rank_number integer not null,
    total integer not null,
    file_rank integer not null,
    snapshot_id integer not null,
    partition_id integer,
    fineness integer not null,  -- line items before all, then more columns
    primary key (
        organization_key, slot, day, currency,
        is_complete, rank_number, total, file_rank, snapshot_id
    )
) without rowid;

create temp table if not exists cost_key (
    organization_key integer not null,
    day text not null,
    currency text not null,
    slot integer not null,
    primary key (organization_key, day, currency, slot)
) without rowid;

create temp table if not exists cost_contested (
    organization_key integer not null,
    slot integer not null,
    day text not null,
    currency text not null,
    primary key (organization_key, slot, day, currency)
) without rowid;

delete from temp.cost_candidate;
delete from temp.cost_key;
delete from temp.cost_contested;

insert into temp.cost_candidate
select
    ranked_snapshot.organization_key,
    case
        when partition.project_key is not null then partition.project_key
        when ranked_snapshot.is_grouped then 0
        else -1
    end as slot,
    partition.day,
    partition.currency,
    not exists (
        select 1 from temp.incomplete
        where incomplete.partition_id = partition.partition_id
    ) as is_complete,
    ranked_snapshot.rank_number,
    partition.total,
    ranked_snapshot.file_rank,
    ranked_snapshot.snapshot_id,
    partition.partition_id,
    (partition.grain & 1) * 8
    + (partition.grain >> 1 & 1)
    + (partition.grain >> 2 & 1)
    + (partition.grain >> 3 & 1) as fineness
from temp.ranked_snapshot
inner join partition using (snapshot_id)
where ranked_snapshot.kind = 'cost'
order by 1, 2, 3, 4, 5, 6, 7, 8, 9;

-- Keys are needed only to say what a whole or an ungrouped snapshot leaves out.
insert into temp.cost_key
select distinct
    organization_key,
    day,
    currency,
    slot
from temp.cost_candidate
where
    exists (
        select 1 from temp.ranked_snapshot
        where kind = 'cost' and (is_whole or not is_grouped)
    )
order by 1, 2, 3, 4;

-- A whole snapshot's absent project cost nothing.
insert into temp.cost_candidate
select
    cost_key.organization_key,
    cost_key.slot,
    cost_key.day,
    cost_key.currency,
    not exists (
        select 1 from temp.reject_scope
        where
            reject_scope.snapshot_id = whole.snapshot_id
            and coalesce(reject_scope.day, cost_key.day) = cost_key.day
    ) as is_complete,
    whole.rank_number,
    0 as total,
    whole.file_rank,
    whole.snapshot_id,
    null as partition_id,
    -1 as fineness
from temp.ranked_snapshot as whole
cross join temp.cost_key
    on
        cost_key.organization_key = whole.organization_key
        and cost_key.day between whole.from_day and whole.until_day
where
    whole.kind = 'cost'
    and whole.is_whole
    and cost_key.slot >= 0
    and not exists (
        select 1 from temp.cost_candidate as own
        where
            own.organization_key = cost_key.organization_key
            and own.slot = cost_key.slot
            and own.day = cost_key.day
            and own.currency = cost_key.currency
            and own.snapshot_id = whole.snapshot_id
    );

-- An ungrouped snapshot's empty day is covered: the organization cost nothing.
insert into temp.cost_candidate
select distinct
    cost_key.organization_key,
    -1 as slot,
    cost_key.day,
    cost_key.currency,
    not exists (
        select 1 from temp.reject_scope
        where
            reject_scope.snapshot_id = ungrouped.snapshot_id
            and coalesce(reject_scope.day, cost_key.day) = cost_key.day
    ) as is_complete,
    ungrouped.rank_number,
    0 as total,
    ungrouped.file_rank,
    ungrouped.snapshot_id,
    null as partition_id,
    -1 as fineness
from temp.ranked_snapshot as ungrouped
cross join temp.cost_key
    on
        cost_key.organization_key = ungrouped.organization_key
        and cost_key.day between ungrouped.from_day and ungrouped.until_day
where
    ungrouped.kind = 'cost'
    and not ungrouped.is_grouped
    and not exists (
        select 1 from temp.cost_candidate as own
        where
            own.organization_key = cost_key.organization_key
            and own.slot = -1
            and own.day = cost_key.day
            and own.currency = cost_key.currency
            and own.snapshot_id = ungrouped.snapshot_id
    );

-- A whole snapshot's projects are the organization's day, as an ungrouped one's total is.
insert into temp.cost_candidate
with whole_totals as (
    select
        whole.snapshot_id,
        partition.day,
        partition.currency,
        sum(partition.total) as total
    from temp.ranked_snapshot as whole
    cross join partition on partition.snapshot_id = whole.snapshot_id
    where whole.kind = 'cost' and whole.is_whole
    group by whole.snapshot_id, partition.day, partition.currency
)

select
    cost_key.organization_key,
    cost_key.slot,
    cost_key.day,
    cost_key.currency,
    not exists (
        select 1 from temp.reject_scope
        where
            reject_scope.snapshot_id = whole.snapshot_id
            and coalesce(reject_scope.day, cost_key.day) = cost_key.day
    ) as is_complete,
    whole.rank_number,
    coalesce(whole_totals.total, 0) as total,
    whole.file_rank,
    whole.snapshot_id,
    null as partition_id,
    -1 as fineness
from temp.ranked_snapshot as whole
cross join temp.cost_key
    on
        cost_key.organization_key = whole.organization_key
        and cost_key.day between whole.from_day and whole.until_day
left join whole_totals
    on
        whole_totals.snapshot_id = whole.snapshot_id
        and whole_totals.day = cost_key.day
        and whole_totals.currency = cost_key.currency
where
    whole.kind = 'cost'
    and whole.is_whole
    and cost_key.slot = -1;

insert into temp.cost_contested
select
    organization_key,
    slot,
    day,
    currency
from temp.cost_candidate
group by organization_key, slot, day, currency
having count(*) > 1;
