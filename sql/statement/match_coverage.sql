-- One row per account and run of days that its statements cover.
select account_id, from_on, until_on
from statement_coverage
order by account_id, from_on;
