-- The user's prices: of rows that state the same price's span, the newest file's last one.
insert into rate (model, token_kind, service_tier, from_on, until_on, rate_nanos, source, file_id)
select model, token_kind, service_tier, from_on, until_on, rate_nanos, source, file_id
from (
    select
        rate_row.*,
        row_number() over (
            partition by
                rate_row.model,
                rate_row.token_kind,
                rate_row.service_tier,
                coalesce(rate_row.from_on, '')
            order by stg_file_ranks.newness desc, rate_row.line desc
        ) as position
    from rate_row
    inner join stg_file_ranks on stg_file_ranks.file_id = rate_row.file_id
)
where position = 1
order by model, token_kind, service_tier, from_on;
