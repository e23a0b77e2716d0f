update topup
set wallet = :wallet
where topup_id = :id;
