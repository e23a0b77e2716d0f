-- title:   Assumptions
-- summary: What no file states and was assumed when it was read.
-- column:  source      text     Source
-- column:  format      text     Format
-- column:  assumption  text     Assumed  below
-- column:  options     text     Options  data
-- column:  sha256      text     SHA-256  data
-- column:  position    integer  Position data
-- formats: table csv json xlsx html pdf
select
    source,
    format,
    assumption,
    options,
    sha256,
    position
from fct_assumptions
order by source, sha256, format, options, position;
