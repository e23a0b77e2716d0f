select audit_id, hash from audit order by audit_id desc limit 1
