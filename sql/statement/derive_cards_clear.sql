delete from statement_coverage;
delete from charge;
delete from account;
