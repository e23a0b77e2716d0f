-- One row per imported file.
--
-- grain    file_id
-- reads    file
-- read by  reports/sources
create view dim_sources as
select
    name,
    sha256,
    format,
    kind,
    options,
    record_count,
    fact_count,
    reject_count,
    covered_from,
    covered_until,
    imported_at
from file;
