update charge
set wallet = c1, wallet_rule = c2
from rowsource
where charge_id = c0;
