-- The first partition_id that is free.
select coalesce(max(partition_id), 0) + 1 from partition;
