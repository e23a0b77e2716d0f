-- One row per line of the accounts table that counts.
select account, card_last4, file_pattern, zone, currency, owner
from stg_account_rows
order by account, line;
