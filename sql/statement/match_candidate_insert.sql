insert into candidate (topup_id, leg, receipt_id, charge_id, verdict, reason)
values (:topup_id, :leg, :receipt_id, :charge_id, :verdict, :reason);
