-- One row per balance seen, equal ones once; one from a file before one entered, for its evidence.
--
-- grain    organization_key, observed_at, currency, balance_nanos
-- reads    observation_row, stg_file_ranks
-- read by  statement/derive_observations
create view stg_observations as
with ranked as (
    select
        observation_row.file_id,
        observation_row.line,
        observation_row.organization_key,
        observation_row.observed_at,
        observation_row.balance_nanos,
        observation_row.currency,
        row_number() over (
            partition by
                observation_row.organization_key,
                observation_row.observed_at,
                observation_row.currency,
                observation_row.balance_nanos
            order by
                case when observation_row.file_id is null then 1 else 0 end,
                stg_file_ranks.source_order,
                observation_row.line
        ) as position
    from observation_row
    left join stg_file_ranks on stg_file_ranks.file_id = observation_row.file_id
)

select file_id, line, organization_key, observed_at, balance_nanos, currency
from ranked
where position = 1;
