-- One row of grant_use.
insert into grant_use (policy, credit_grant_id, project_key, used_nanos)
values (:policy, :credit_grant_id, :project_key, :used_nanos);
