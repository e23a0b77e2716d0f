-- One row per fact or exception that a name may mean: by its id (rank 1), by the first letters of its id (2), or by a
-- number, reference or source:line (3), of a charge that of any record that tells of it. held_by is the top-up that has a
-- receipt or charge for sure, or ''.
with held as (
    select
        link.receipt_id,
        link.charge_id,
        min(topup.id) as topup_id
    from link
    inner join topup on link.topup_id = topup.topup_id
    where link.state in ('confirmed', 'interchangeable', 'accepted')
    group by link.receipt_id, link.charge_id
),

facts as (
    select
        'topup' as kind,
        topup.topup_id as fact_key,
        topup.id,
        topup.reference,
        topup.invoice_number,
        topup.receipt_number,
        file.name || ':' || topup.line as source,
        topup.total_nanos as amount_nanos,
        topup.currency,
        cast(null as integer) as original_nanos,
        '' as original_currency,
        topup.status as state,
        coalesce(topup_state.receipt_state, '') as receipt_state,
        coalesce(topup_state.card_state, '') as card_state,
        '' as held_by
    from topup
    inner join file on topup.file_id = file.file_id
    left join topup_state on topup.topup_id = topup_state.topup_id
    union all
    select
        'receipt',
        receipt.receipt_id,
        receipt.id,
        receipt.reference,
        receipt.invoice_number,
        receipt.receipt_number,
        file.name || ':' || receipt.line,
        receipt.total_nanos,
        receipt.currency,
        null,
        '',
        case receipt.is_paid when 1 then 'paid' else 'unpaid' end,
        '',
        '',
        coalesce(held.topup_id, '')
    from receipt
    inner join file on receipt.file_id = file.file_id
    left join held on receipt.receipt_id = held.receipt_id
    union all
    select
        'charge',
        charge.charge_id,
        charge.id,
        charge.reference,
        '',
        '',
        coalesce(file.name || ':' || card_row.line, ''),
        charge.amount_nanos,
        charge.currency,
        charge.original_nanos,
        charge.original_currency,
        charge.state,
        '',
        '',
        coalesce(held.topup_id, '')
    from charge
    left join charge_row on charge.charge_id = charge_row.charge_id
    left join card_row on charge_row.card_row_id = card_row.card_row_id
    left join file on card_row.file_id = file.file_id
    left join held on charge.charge_id = held.charge_id
    union all
    select
        'exception',
        0,
        exception.id,
        exception.reference,
        '',
        '',
        '',
        exception.amount_nanos,
        exception.currency,
        null,
        '',
        exception.code,
        '',
        '',
        ''
    from exception
    union all
    select
        'exception',
        0,
        settled_exception.id,
        settled_exception.reference,
        '',
        '',
        '',
        0,
        '',
        null,
        '',
        settled_exception.code,
        '',
        '',
        ''
    from settled_exception
),

named as (
    select
        facts.*,
        case
            when id = :name then 1
            when length(:name) >= 4 and substr(id, 1, length(:name)) = :name then 2
            when
                kind <> 'exception' and :name in (reference, invoice_number, receipt_number, source)
                then 3
        end as rank
    from facts
)

select distinct
    rank,
    kind,
    fact_key,
    id,
    reference,
    amount_nanos,
    currency,
    original_nanos,
    original_currency,
    state,
    receipt_state,
    card_state,
    held_by
from named
where rank is not null
order by rank, kind, id;
