-- What a reading was and held, once its last record is stored.
update file
set
    sha256 = :sha256,
    zone = :zone,
    zone_source = :zone_source,
    record_count = :record_count,
    fact_count = :fact_count,
    empty_count = :empty_count,
    skipped_count = :skipped_count,
    reject_count = :reject_count,
    covered_from = :covered_from,
    covered_until = :covered_until,
    control_total = :control_total,
    residue = :residue,
    rounded_count = :rounded_count
where file_id = :file_id;
