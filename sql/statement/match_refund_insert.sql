insert into refund_link (refund_charge_id, charge_id, topup_id, kind, reason)
values (:refund_charge_id, :charge_id, :topup_id, :kind, :reason);
