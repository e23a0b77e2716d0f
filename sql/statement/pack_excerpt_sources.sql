-- One row per reading of a file behind an excerpt that touches the days from :first to :last. is_whole: the excerpt has all that
-- the file tells, so that the file tells of nobody else.
select
    file.name,
    file.path,
    file.sha256,
    file.kind,
    file.encoding,
    case
        when file.reject_count > 0 or file.skipped_count > 0 then 0
        when file.kind = 'fx_rates' then 1
        when file.kind = 'receipts'
            then not exists (
                select 1
                from source.receipt_row
                where
                    receipt_row.file_id = file.file_id
                    and receipt_row.receipt_row_id not in (select receipt_row_id from main.receipt_row)
            )
        when file.kind = 'payments'
            then not exists (
                select 1
                from source.topup_row
                where
                    topup_row.file_id = file.file_id
                    and topup_row.topup_row_id not in (select topup_row_id from main.topup_row)
            )
        when file.kind = 'credit_grants'
            then not exists (
                select 1
                from source.grant_row
                where
                    grant_row.file_id = file.file_id
                    and grant_row.grant_row_id not in (select grant_row_id from main.grant_row)
            )
        when file.kind = 'balances'
            then not exists (
                select 1
                from source.observation_row
                where
                    observation_row.file_id = file.file_id
                    and observation_row.observation_row_id not in (
                        select observation_row_id from main.observation_row
                    )
            )
        else exists (select 1 from source.snapshot where snapshot.file_id = file.file_id)
            and not exists (
                select 1
                from source.snapshot
                where
                    snapshot.file_id = file.file_id
                    and snapshot.snapshot_id not in (select snapshot_id from main.snapshot)
            )
            and not exists (
                select 1
                from source.partition
                inner join source.snapshot on partition.snapshot_id = snapshot.snapshot_id
                where
                    snapshot.file_id = file.file_id
                    and partition.partition_id not in (select partition_id from scope_partition)
            )
    end as is_whole
from source.file
where
    file.file_id in (select file_id from scope_file)
    and coalesce(file.covered_from, :first) <= :last
    and coalesce(file.covered_until, :last) >= :first
order by file.kind, file.name, file.sha256, file.path, file.format, file.options;
