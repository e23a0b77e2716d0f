insert into closing_waiver (organization_id, month, sequence, code, reason)
values (:organization_id, :month, :sequence, :code, :reason);
