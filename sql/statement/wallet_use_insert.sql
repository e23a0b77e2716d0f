insert into charge_use (policy, charge_id, use, project_key, share_ppm, amount_nanos)
values (:policy, :charge_id, :use, :project_key, :share_ppm, :amount_nanos);
