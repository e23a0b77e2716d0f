insert into topup_state (topup_id, receipt_state, card_state, state, rule)
values (:topup_id, :receipt_state, :card_state, :state, :rule);
