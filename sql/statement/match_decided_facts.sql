-- Finds the facts that decisions name: by the records that told of them when they were decided, and by their ids. A charge's
-- id counts last, because among equal charges of a day an earlier one may take it over; a payment's and a receipt's first.
insert into decided_fact (decision_id, position, fact_key, id, reference)
with places as (
    select
        decision_fact.decision_id,
        decision_fact.position,
        0 as rank,
        topup.topup_id as fact_key,
        topup.id,
        topup.reference
    from decision_fact
    inner join topup on decision_fact.id = topup.id
    where decision_fact.kind = 'topup'
    union all
    select
        decision_source.decision_id,
        decision_source.position,
        decision_source.rank,
        topup.topup_id,
        topup.id,
        topup.reference
    from decision_source
    inner join file on decision_source.sha256 = file.sha256
    inner join topup on file.file_id = topup.file_id and decision_source.line = topup.line
    union all
    select
        decision_fact.decision_id,
        decision_fact.position,
        0,
        receipt.receipt_id,
        receipt.id,
        receipt.reference
    from decision_fact
    inner join receipt on decision_fact.id = receipt.id
    where decision_fact.kind = 'receipt'
    union all
    select
        decision_source.decision_id,
        decision_source.position,
        decision_source.rank,
        receipt.receipt_id,
        receipt.id,
        receipt.reference
    from decision_source
    inner join file on decision_source.sha256 = file.sha256
    inner join receipt_document
        on file.file_id = receipt_document.file_id and decision_source.line = receipt_document.line
    inner join receipt on receipt_document.receipt_id = receipt.receipt_id
    union all
    select
        decision_source.decision_id,
        decision_source.position,
        decision_source.rank,
        charge.charge_id,
        charge.id,
        charge.reference
    from decision_source
    inner join file on decision_source.sha256 = file.sha256
    inner join card_row on file.file_id = card_row.file_id and decision_source.line = card_row.line
    inner join charge_row on card_row.card_row_id = charge_row.card_row_id
    inner join charge on charge_row.charge_id = charge.charge_id
    union all
    select
        decision_fact.decision_id,
        decision_fact.position,
        1000000,
        charge.charge_id,
        charge.id,
        charge.reference
    from decision_fact
    inner join charge on decision_fact.id = charge.id
    where decision_fact.kind = 'charge'
),

ranked as (
    select
        places.*,
        row_number() over (partition by decision_id, position order by rank, id) as place
    from places
)

select
    decision_fact.decision_id,
    decision_fact.position,
    ranked.fact_key,
    coalesce(ranked.id, decision_fact.id),
    coalesce(ranked.reference, '')
from decision_fact
left join ranked
    on decision_fact.decision_id = ranked.decision_id
    and decision_fact.position = ranked.position
    and ranked.place = 1;
