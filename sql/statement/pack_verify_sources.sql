select name, kind, sha256 from dim_sources order by name
