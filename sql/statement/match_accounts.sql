-- One row per account and card that is known to be charged to it.
select account_id, card_last4
from account
where card_last4 <> ''
union
select account_id, card_last4
from charge
where card_last4 <> ''
order by account_id, card_last4;
