-- Says of one row of a statement which charge it tells of.
insert into charge_row (card_row_id, charge_id, role, is_counted, note)
values (:card_row_id, :charge_id, :role, :is_counted, :note);
