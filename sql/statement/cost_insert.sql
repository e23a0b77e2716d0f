-- Adds the charged rows of one cost export.
insert into cost (
    cost_id, partition_id, line, amount_nanos, line_item_id, user_id,
    api_key_id, user_email_id, api_source_id, quantity_micros, quantity_unit_id
)
select c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10
from rowsource;
