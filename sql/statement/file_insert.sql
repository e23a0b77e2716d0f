-- Adds one reading of a file; file_finish says what it was and held.
insert into file (
    name, path, sha256, kind, format, format_digest, options, encoding,
    delimiter, zone, zone_source, account_option, account_hint, as_of,
    record_count, fact_count, empty_count, skipped_count, reject_count,
    control_total, residue, rounded_count, imported_at
)
values (
    :name, :path, '', :kind, :format, :format_digest, :options, :encoding,
    :delimiter, '', '', :account_option, :account_hint, :as_of,
    0, 0, 0, 0, 0, '', '', 0, :imported_at
);
