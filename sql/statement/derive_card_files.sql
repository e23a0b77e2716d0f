-- One row per card statement that has rows, by source order; of one format, unless :format is ''.
select
    file.file_id,
    file.name,
    file.sha256,
    file.format,
    file.zone,
    file.zone_source,
    file.account_option,
    file.account_hint
from file
join stg_file_ranks on stg_file_ranks.file_id = file.file_id
where
    :format in ('', file.format)
    and exists (select 1 from card_row where card_row.file_id = file.file_id)
order by stg_file_ranks.source_order;
