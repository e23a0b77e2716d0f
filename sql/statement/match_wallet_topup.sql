update topup
set wallet = c1
from rowsource
where topup_id = c0;
