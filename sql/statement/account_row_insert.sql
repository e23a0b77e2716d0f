-- Keeps one row of the accounts table.
insert into account_row (
    file_id, line, account, card_last4, file_pattern, zone, currency, owner
)
values (
    :file_id, :line, :account, :card_last4, :file_pattern, :zone, :currency,
    :owner
);
