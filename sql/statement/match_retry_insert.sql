insert into retry (topup_id, retried_by_topup_id)
values (:topup_id, :retried_by_topup_id);
