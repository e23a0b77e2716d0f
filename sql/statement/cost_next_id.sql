-- The first cost_id that is free.
select coalesce(max(cost_id), 0) + 1 from cost;
