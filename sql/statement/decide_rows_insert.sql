-- Keeps which records of files tell of a decided fact, the one that stands for it first.
insert into decision_source (decision_id, position, rank, sha256, line)
with rows_of_fact as (
    select
        0 as later,
        file.sha256,
        topup.line
    from topup
    inner join file on topup.file_id = file.file_id
    where :kind = 'topup' and topup.topup_id = :fact_key
    union
    select
        receipt_document.position,
        file.sha256,
        receipt_document.line
    from receipt_document
    inner join file on receipt_document.file_id = file.file_id
    where :kind = 'receipt' and receipt_document.receipt_id = :fact_key
    union
    select
        case
            when card_row.card_row_id = charge.card_row_id then 0
            when charge_row.is_counted = 1 then 1
            else 2
        end,
        file.sha256,
        card_row.line
    from charge_row
    inner join charge on charge_row.charge_id = charge.charge_id
    inner join card_row on charge_row.card_row_id = card_row.card_row_id
    inner join file on card_row.file_id = file.file_id
    where :kind = 'charge' and charge_row.charge_id = :fact_key
),

places as (
    select
        sha256,
        line,
        min(later) as later
    from rows_of_fact
    group by sha256, line
)

select
    :decision_id,
    :position,
    row_number() over (order by later, sha256, line),
    sha256,
    line
from places;
