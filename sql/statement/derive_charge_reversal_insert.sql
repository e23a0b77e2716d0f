-- Keeps one authorization that was reversed and charged again.
insert into charge_reversal (reversal_charge_id, charge_id, recapture_charge_id)
values (:reversal_charge_id, :charge_id, :recapture_charge_id);
