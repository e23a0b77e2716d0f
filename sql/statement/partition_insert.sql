-- Adds one project's day of one snapshot.
insert into partition (
    partition_id, snapshot_id, project_key, day, currency, first_row,
    last_row, row_count, total, request_count, grain
)
values (
    :partition_id, :snapshot_id, :project_key, :day, :currency, :first_row,
    :last_row, :row_count, :total, :request_count, :grain
);
