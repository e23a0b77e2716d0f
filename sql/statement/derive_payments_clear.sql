delete from topup;
delete from receipt;
delete from grant_fact;
delete from observation;
