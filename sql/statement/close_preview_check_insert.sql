insert into temp.close_check (
    organization_id, month, position, code, state, finding, next_action
)
values (:organization_id, :month, :position, :code, :state, :finding, :next_action);
