-- One row per file whose facts are not in the ledger's tables, each once (a record of rates holds several).
with stored_rows as (
    select snapshot.file_id, partition.row_count
    from partition
    inner join snapshot on partition.snapshot_id = snapshot.snapshot_id
    union all
    select file_id, 1 as row_count from card_row
    union all
    select file_id, 1 as row_count from topup_row
    union all
    select file_id, 1 as row_count from receipt_row
    union all
    select file_id, 1 as row_count from grant_row
    union all
    select file_id, 1 as row_count from observation_row
    union all
    select file_id, 1 as row_count from organization_row
    union all
    select file_id, 1 as row_count from project_row
    union all
    select file_id, 1 as row_count from account_row
    union all
    select file_id, 1 as row_count from fx_row
    union all
    select file_id, 1 as row_count from recharge_row
    union all
    select file_id, 1 as row_count from credit_usage_row
    union all
    select file_id, 1 as row_count from budget_row
    union all
    select file_id, 1 as row_count from claim_row
),

counts as (
    select file_id, sum(row_count) as row_count
    from stored_rows
    group by file_id
)

select file.name || ': not every fact of it is stored once' as problem
from file
left join counts on file.file_id = counts.file_id
where
    file.fact_count > coalesce(counts.row_count, 0)
    or (file.fact_count < coalesce(counts.row_count, 0) and file.kind <> 'fx_rates')
order by file.name, file.sha256;
