update charge
set wallet = :wallet, wallet_rule = :rule
where charge_id = :id;
