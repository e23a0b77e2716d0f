insert into charge_purpose (policy, charge_id, projects, purposes, unknown)
values (:policy, :charge_id, :projects, :purposes, :unknown);
