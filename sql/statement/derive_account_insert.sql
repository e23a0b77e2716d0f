insert into account (account_id, account, card_last4, zone, currency, owner)
values (:account_id, :account, :card_last4, :zone, :currency, :owner);
