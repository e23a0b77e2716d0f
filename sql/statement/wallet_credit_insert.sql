insert into credit_wallet_month (
    account_id, month, currency, purchase_count, billed_nanos, charge_count, charged_nanos,
    bought_nanos, used_nanos, balance_nanos, expires_on, note
)
values (
    :account_id, :month, :currency, :purchase_count, :billed_nanos, :charge_count, :charged_nanos,
    :bought_nanos, :used_nanos, :balance_nanos, :expires_on, :note
);
