-- The first usage_id that is free.
select coalesce(max(usage_id), 0) + 1 from usage;
