-- Empties everything that credit derives.
delete from recharge_choice;
delete from recharge_month;
delete from opening;
delete from balance_check;
delete from forecast;
delete from expiring_allocation;
delete from allocation_day;
delete from grant_use;
delete from overdraft;
delete from balance_day;
delete from burn;
delete from grant_balance;
delete from credit_grant;
