-- One row per reading of a file that tells of the days from :first to :last or is not about days, or that has the receipt
-- or charge of a payment of these days.
with linked (file_id) as (
    select receipt_document.file_id
    from source.topup
    inner join source.link on topup.topup_id = link.topup_id
    inner join source.receipt_document on link.receipt_id = receipt_document.receipt_id
    where topup.paid_on between :first and :last
    union
    select card_row.file_id
    from source.topup
    inner join source.link on topup.topup_id = link.topup_id
    inner join source.charge_row on link.charge_id = charge_row.charge_id
    inner join source.card_row on charge_row.card_row_id = card_row.card_row_id
    where topup.paid_on between :first and :last
)

select
    file.name,
    file.path,
    file.sha256,
    file.kind,
    file.encoding,
    1 as is_whole
from source.file
where
    (
        coalesce(file.covered_from, :first) <= :last
        and coalesce(file.covered_until, :last) >= :first
    )
    or file.file_id in (select file_id from linked)
order by file.kind, file.name, file.sha256, file.path, file.format, file.options;
