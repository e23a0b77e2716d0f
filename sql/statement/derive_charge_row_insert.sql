-- Says of rows of statements which charge each tells of.
insert into charge_row (card_row_id, charge_id, role, is_counted, note)
select c0, c1, c2, c3, c4
from rowsource;
