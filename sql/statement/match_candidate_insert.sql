insert into candidate (topup_id, leg, receipt_id, charge_id, verdict, reason)
select c0, c1, c2, c3, c4, c5
from rowsource;
