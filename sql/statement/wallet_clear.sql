-- Empties what wallet derives.
delete from allocation_month;
delete from budget_pace;
delete from claim;
delete from charge_use;
delete from charge_purpose;
delete from charge_rate;
delete from invoiced_month;
delete from credit_wallet_month;
