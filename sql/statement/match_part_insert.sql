insert into link_part (
    topup_id, charge_id, amount_nanos, currency, fee_nanos, paid_nanos, paid_currency
)
values (
    :topup_id, :charge_id, :amount_nanos, :currency, :fee_nanos, :paid_nanos, :paid_currency
);
