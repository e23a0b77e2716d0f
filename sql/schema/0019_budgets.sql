-- ---------------------------------------------------------------------------------------------------
-- How budgets stand and where they are going (src/wallet)

-- One row per budget that counts, by the days of it that cost exports cover. Complete days are those that are not provisional. Derived by wallet.
create table budget_pace (
    file_id integer not null references file,
    line integer not null,
    as_of_on text,  -- the last day that cost covers of its organization; null without any
    covered_day_count integer not null,  -- its days that cost covers
    complete_day_count integer not null,  -- and that are complete
    day_count integer,  -- all its days; null of one without an end
    settled_nanos integer not null,  -- what its complete days cost
    even_nanos integer,  -- what as many days of an even spend cost; null without an end
    mean_daily_nanos integer,  -- of its newest 28 complete days, or of fewer; null without any
    mean_day_count integer not null,
    forecast_nanos integer,  -- spent + the mean for each day left; null when over or without an end or a mean
    exceeds_on text,  -- the day after which that would be above the budget; null: never, or already
    state text not null,  -- 'no cost data', 'not begun', 'running', 'will exceed', 'exceeded', 'kept', 'over'
    primary key (file_id, line)
) strict;

-- Budgets of ledgers from before this table get theirs.
insert into meta (name, value)
select 'stale', '1'
where exists (select 1 from file)
on conflict (name) do update set value = excluded.value;
