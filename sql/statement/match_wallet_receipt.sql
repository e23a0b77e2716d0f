update receipt
set wallet = :wallet, wallet_rule = :rule
where receipt_id = :id;
