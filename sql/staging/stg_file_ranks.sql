-- One row per imported file: how new what it says is, whatever the order of import.
--
-- grain    file_id
-- reads    file
-- read by  stg_*, statement/derive_*
--
-- freshness is equal for files of which neither is newer: by the stated --as-of day, else the last
-- dated day. newness breaks the tie by content, so that the greatest is always the same file.
create view stg_file_ranks as
with files as (
    select
        file_id,
        name,
        case when as_of <> '' then as_of else coalesce(covered_until, '') end as rank_day,
        case when as_of <> '' then 1 else 0 end as is_stated,
        coalesce(covered_until, '') as covered_until,
        sha256,
        format_digest,
        options
    from file
)

select
    file_id,
    name,
    dense_rank() over (order by rank_day, is_stated, covered_until) as freshness,
    row_number() over (
        order by rank_day, is_stated, covered_until, sha256, format_digest, options
    ) as newness,
    row_number() over (order by name, sha256, format_digest, options) as source_order
from files;
