insert into adjustment (topup_id, cause, amount_nanos, currency, explanation)
values (:topup_id, :cause, :amount_nanos, :currency, :explanation);
