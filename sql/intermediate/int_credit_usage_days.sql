-- One row per workspace and day of its credit reports: the report that counts for that day.
--
-- grain    account_id, day
-- reads    credit_usage_row, reject, stg_file_ranks
-- read by  fct_credit_usage
--
-- Reports that overlap count once: for each day the newest one, as a whole. A
-- report that may lack rows of the day, because records of it were rejected,
-- stands behind those that do not; of equally new ones the larger counts.
create view int_credit_usage_days as
with totals as (
    select
        file_id,
        account_id,
        day,
        sum(credits_nanos) as credits_nanos
    from credit_usage_row
    group by file_id, account_id, day
),

incomplete as (
    select distinct
        totals.file_id,
        totals.day
    from totals
    inner join reject
        on
            totals.file_id = reject.file_id
            and totals.day = coalesce(reject.day, totals.day)
),

ranked as (
    select
        totals.file_id,
        totals.account_id,
        totals.day,
        row_number() over (
            partition by totals.account_id, totals.day
            order by
                case when incomplete.file_id is null then 0 else 1 end,
                stg_file_ranks.freshness desc,
                totals.credits_nanos desc,
                stg_file_ranks.newness desc
        ) as place
    from totals
    inner join stg_file_ranks on totals.file_id = stg_file_ranks.file_id
    left join incomplete
        on
            totals.file_id = incomplete.file_id
            and totals.day = incomplete.day
)

select
    account_id,
    day,
    file_id
from ranked
where place = 1;
