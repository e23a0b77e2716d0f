insert into link (topup_id, leg, receipt_id, charge_id, state, rule, reason, variance_nanos)
values (:topup_id, :leg, :receipt_id, :charge_id, :state, :rule, :reason, :variance_nanos);
