insert into link (topup_id, leg, receipt_id, charge_id, state, rule, reason, variance_nanos)
select c0, c1, c2, c3, c4, c5, c6, c7
from rowsource;
