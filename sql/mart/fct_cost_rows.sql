-- One row per charged row of a cost export, whether or not it counts.
--
-- grain    a row of an export
-- reads    cost
-- read by  reports/spend by line item, model, surface, key and user, and the fct_…_usage of these
--
-- Those count that a split_id of fct_cost_days names. Names are keys of dim_terms, because there are as many rows as
-- exports have: group first, join names then.
create view fct_cost_rows as
select
    partition_id as split_id,
    line_item_id,
    api_key_id,
    user_id,
    user_email_id,
    quantity_micros,
    quantity_unit_id,
    amount_nanos as cost_nanos
from cost;
