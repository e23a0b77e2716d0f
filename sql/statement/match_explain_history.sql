-- One row per statement row that tells of a charge, where more than one does or there is something to say.
select
    file.name || ':' || card_row.line as source,
    coalesce(card_row.purchased_on, card_row.posted_on, '') as dated_on,
    card_row.amount_nanos,
    card_row.currency,
    card_row.descriptor,
    charge_row.role,
    charge_row.note
from charge_row
inner join card_row on charge_row.card_row_id = card_row.card_row_id
inner join file on card_row.file_id = file.file_id
where
    charge_row.charge_id = :fact_id
    and (
        charge_row.note <> ''
        or (select count(*) from charge_row as others where others.charge_id = :fact_id) > 1
    )
order by card_row.posted_on is not null, dated_on, file.name, card_row.line;
