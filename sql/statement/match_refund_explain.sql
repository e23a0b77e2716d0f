update refund_link
set reason = :explanation
where refund_charge_id = :refund_charge_id;
