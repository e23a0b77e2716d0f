-- Removes one file's rows: a file's ids are one range, for it was loaded in one transaction.
delete from usage
where usage_id between (
    select min(partition.first_row)
    from partition
    inner join snapshot on snapshot.snapshot_id = partition.snapshot_id
    where snapshot.file_id = :file_id and snapshot.kind <> 'cost'
)
and (
    select max(partition.last_row)
    from partition
    inner join snapshot on snapshot.snapshot_id = partition.snapshot_id
    where snapshot.file_id = :file_id and snapshot.kind <> 'cost'
);
