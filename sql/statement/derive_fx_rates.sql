-- One row per day and pair: the newest file's, within it the last line's.
insert into fx_rate (day, base, quote, rate_nanos, file_id)
select day, base, quote, rate_nanos, file_id
from (
    select
        fx_row.day,
        fx_row.base,
        fx_row.quote,
        fx_row.rate_nanos,
        fx_row.file_id,
        row_number() over (
            partition by fx_row.base, fx_row.quote, fx_row.day
            order by stg_file_ranks.newness desc, fx_row.line desc
        ) as position
    from fx_row
    join stg_file_ranks on stg_file_ranks.file_id = fx_row.file_id
)
where position = 1
order by base, quote, day;
