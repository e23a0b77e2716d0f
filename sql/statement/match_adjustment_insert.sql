insert into adjustment (
    topup_id, cause, amount_nanos, currency, explanation, rate_nanos, source, treatment, is_assumed
)
values (
    :topup_id, :cause, :amount_nanos, :currency, :explanation, :rate_nanos, :source, :treatment,
    :is_assumed
);
