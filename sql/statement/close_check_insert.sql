insert into closing_check (organization_id, month, sequence, position, code, state, finding)
values (:organization_id, :month, :sequence, :position, :code, :state, :finding);
