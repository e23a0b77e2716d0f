-- One row per file with a record that is neither fact nor empty nor skipped nor reject.
select
    name || ': records are missing from its counts' as problem
from file
where record_count <> fact_count + empty_count + skipped_count + reject_count
order by name, sha256;
