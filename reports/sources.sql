-- title:   Sources
-- summary: Every imported file: what it is, what it holds, and the days it covers.
-- column:  name           text     Name
-- column:  sha256         text     SHA-256         data
-- column:  format         text     Format
-- column:  records        integer  Records
-- column:  facts          integer  Facts
-- column:  rejects        integer  Rejects
-- column:  covered_from   day      From
-- column:  covered_until  day      Until
-- column:  imported_at    instant  Imported_(UTC)  wide
-- column:  options        text     Options         data
-- formats: table csv json xlsx html pdf
select
    name,
    sha256,
    format,
    record_count as records,
    fact_count as facts,
    reject_count as rejects,
    covered_from,
    covered_until,
    imported_at,
    options
from dim_sources
order by
    name,
    sha256,
    format,
    options,
    record_count,
    fact_count,
    reject_count,
    covered_from,
    covered_until,
    imported_at;
