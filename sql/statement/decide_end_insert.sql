insert into decision_end (decision_id, ended_by, how)
values (:decision_id, :ended_by, :how);
