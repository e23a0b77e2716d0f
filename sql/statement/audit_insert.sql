insert into audit (audit_id, done_at, actor, action, subject, detail, previous, hash)
values (:audit_id, :done_at, :actor, :action, :subject, :detail, :previous, :hash);
