-- One row per file that an organization's month stands on: its exports, payments, grants and balances that touch the
-- days from :first to :last; card statements, receipts and rates that do; and the user's tables.
with behind (file_id) as (
    select snapshot.file_id
    from snapshot
    where
        coalesce(snapshot.organization_key, :organization_key) = :organization_key
        and snapshot.from_day <= :last
        and snapshot.until_day >= :first
    union
    select topup_row.file_id
    from topup_row
    where
        topup_row.organization_key = :organization_key
        and topup_row.paid_until > :first_at
        and topup_row.paid_from < :until_at
    union
    select grant_row.file_id
    from grant_row
    where grant_row.organization_key = :organization_key and grant_row.granted_at < :until_at
    union
    select observation_row.file_id
    from observation_row
    where
        observation_row.organization_key = :organization_key
        and observation_row.observed_at >= :first_at
        and observation_row.observed_at < :until_at
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
