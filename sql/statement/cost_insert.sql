-- Adds the charged rows of one cost export. cost_id is left to SQLite, which counts on from the last one as
-- partition.first_row does: a row known to be the last needs no search for its place.
insert into cost (
    partition_id, line, amount_nanos, line_item_id, user_id,
    api_key_id, user_email_id, api_source_id, quantity_micros, quantity_unit_id
)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10
from rowsource;
