-- title:   Sources by digest
-- summary: Every imported file with its SHA-256, and how much of it is in the ledger.
-- column:  name     text     Name
-- column:  format   text     Format   wide
-- column:  records  integer  Records
-- column:  facts    integer  Facts
-- column:  rejects  integer  Rejects
-- column:  sha256   text     SHA-256  below
-- column:  options  text     Options  data
-- formats: table csv json xlsx html pdf
select
    name,
    format,
    record_count as records,
    fact_count as facts,
    reject_count as rejects,
    sha256,
    options
from dim_sources
order by name, sha256, format, options, record_count, fact_count, reject_count;
