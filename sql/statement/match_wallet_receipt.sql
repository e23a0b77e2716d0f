update receipt
set wallet = c1, wallet_rule = c2
from rowsource
where receipt_id = c0;
