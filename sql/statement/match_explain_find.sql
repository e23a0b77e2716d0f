-- One row per top-up, receipt or charge that an id, number, reference or source:line names.
with facts as (
    select
        1 as rank,
        'topup' as kind,
        topup.topup_id as fact_id,
        topup.id,
        topup.reference,
        topup.invoice_number,
        topup.receipt_number,
        file.name || ':' || topup.line as source
    from topup
    inner join file on topup.file_id = file.file_id
    union all
    select
        2 as rank,
        'receipt' as kind,
        receipt.receipt_id as fact_id,
        receipt.id,
        receipt.reference,
        receipt.invoice_number,
        receipt.receipt_number,
        file.name || ':' || receipt.line as source
    from receipt
    inner join file on receipt.file_id = file.file_id
    union all
    select
        3 as rank,
        'charge' as kind,
        charge.charge_id as fact_id,
        charge.id,
        charge.reference,
        '' as invoice_number,
        '' as receipt_number,
        file.name || ':' || charge.line as source
    from charge
    inner join file on charge.file_id = file.file_id
    union all
    select
        3 as rank,
        'charge' as kind,
        charge_row.charge_id as fact_id,
        '' as id,
        '' as reference,
        '' as invoice_number,
        '' as receipt_number,
        file.name || ':' || card_row.line as source
    from charge_row
    inner join card_row on charge_row.card_row_id = card_row.card_row_id
    inner join file on card_row.file_id = file.file_id
)

select distinct
    kind,
    fact_id,
    rank
from facts
where :name in (id, reference, invoice_number, receipt_number, source)
order by rank, fact_id;
