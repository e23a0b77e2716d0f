-- One row per file that an organization's month stands on: its exports, payments, grants and balances that touch the
-- days from :first to :last; card statements, receipts and rates that do; and the user's tables. Reads what
-- close_gather left.
with behind (file_id) as (
    select snapshot.file_id
    from snapshot
    where
        coalesce(snapshot.organization_key, :organization_key) = :organization_key
        and snapshot.from_day <= :last
        and snapshot.until_day >= :first
    union
    select close_behind.file_id
    from temp.close_behind
    where
        close_behind.organization_key = :organization_key
        and close_behind.from_at < :until_at
        and close_behind.until_at > :first_at
    union
    select file.file_id
    from file
    where
        file.kind in ('card', 'receipts', 'fx_rates')
        and coalesce(file.covered_from, :first) <= :last
        and coalesce(file.covered_until, :last) >= :first
    union
    select file.file_id
    from file
    where file.kind in ('organizations', 'projects', 'accounts')
)

select
    file.file_id,
    file.name,
    file.path,
    file.sha256,
    file.reject_count
from file
inner join behind on file.file_id = behind.file_id
order by file.name, file.sha256, file.format, file.options;
