-- One row: how many facts :quarantined has, how many of them :clean lacks (equal facts are counted, not
-- united), and how many :clean has; of snapshots only on the days of :quarantined: those of its facts and rejects,
-- or any where a reject that has no day stands before or behind all facts.
with quarantined as (
    select
        line,
        day,
        content,
        row_number() over (partition by content) as occurrence
    from stg_fact_contents
    where file_id = :quarantined
),

clean as (
    select
        day,
        content,
        row_number() over (partition by content) as occurrence
    from stg_fact_contents
    where file_id = :clean
),

missing as (
    select
        content,
        occurrence
    from quarantined
    except
    select
        content,
        occurrence
    from clean
),

outer_rejects as (
    select line from reject
    where
        file_id = :quarantined
        and day is null
        and line not between (select min(line) from quarantined)
        and (select max(line) from quarantined)
),

known_days as (
    select day from quarantined
    union all
    select day from reject
    where file_id = :quarantined and day is not null
),

days as (
    select
        min(day) as first_day,
        max(day) as last_day
    from known_days
)

select
    (select count(*) from quarantined) as fact_count,
    (select count(*) from missing) as missing_count,
    (
        select count(*)
        from clean
        cross join days
        where
            clean.day = ''
            or clean.day between days.first_day and days.last_day
            or exists (select 1 from outer_rejects)
    ) as clean_count;
