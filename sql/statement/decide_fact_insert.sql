insert into decision_fact (decision_id, position, kind, id)
values (:decision_id, :position, :kind, :id);
