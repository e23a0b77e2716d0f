select statement_sha256 from closing order by statement_sha256
