-- One row per name of an account and last four digits of a card that are known.
select account as name from account
union
select card_last4 from account where card_last4 <> ''
union
select card_last4 from charge where card_last4 <> ''
order by 1;
