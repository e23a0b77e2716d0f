insert into decision_state (decision_id, state, ended_by, ids, refs)
values (:decision_id, :state, :ended_by, :ids, :refs);
