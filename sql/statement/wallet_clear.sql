-- Empties what wallet derives.
delete from claim;
delete from invoiced_month;
delete from credit_wallet_month;
