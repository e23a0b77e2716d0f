-- Adds what one export says about one organization's days.
insert into snapshot (
    file_id, kind, organization_key, from_day, until_day, provisional_from,
    settling_from, rank_day, rank_stated, is_grouped, is_whole, rows_until
)
values (
    :file_id, :kind, :organization_key, :from_day, :until_day, :provisional_from,
    :settling_from, :rank_day, :rank_stated, :is_grouped, :is_whole, :rows_until
);
