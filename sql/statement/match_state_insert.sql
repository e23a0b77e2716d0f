insert into topup_state (topup_id, receipt_state, card_state, state, rule)
select c0, c1, c2, c3, c4
from rowsource;
