insert into reopening (organization_id, month, sequence, reason, audit_id)
values (:organization_id, :month, :sequence, :reason, :audit_id);
