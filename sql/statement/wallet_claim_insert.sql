insert into claim (file_id, line, claim_id, state, charge_id, topup_id, earlier_claim_id)
values (:file_id, :line, :claim_id, :state, :charge_id, :topup_id, :earlier_claim_id);
