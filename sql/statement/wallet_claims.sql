-- One row per line of a claim and charge that it claims, the earliest claim first.
--
-- reads    stg_claim_rows, int_claim_hits, int_charge_payments, charge, topup, file
-- read by  src/wallet/claim.c
--
-- A top-up that is named stands for the charges that paid it; where a charge paid several top-ups, or
-- no statement shows one, for itself. A charge that paid several top-ups stands for all of them. So two
-- lines claim the same exactly when they share an item. A line that names two things claims none.
with hits as (
    select
        file_id,
        line,
        charge_id,
        topup_id,
        count(*) over (partition by file_id, line) as hit_count
    from int_claim_hits
),

items as (
    select
        hits.file_id,
        hits.line,
        case when coalesce(payments.is_shared, 0) = 0 then hits.charge_id end as charge_id,
        case when payments.is_shared = 1 then payments.topup_id end as topup_id
    from hits
    left join int_charge_payments as payments
        on hits.charge_id = payments.charge_id and payments.is_shared = 1
    where hits.hit_count = 1 and hits.charge_id is not null

    union

    select
        hits.file_id,
        hits.line,
        case when payments.is_shared = 0 then payments.charge_id end as charge_id,
        case when coalesce(payments.is_shared, 1) = 1 then hits.topup_id end as topup_id
    from hits
    left join int_charge_payments as payments on hits.topup_id = payments.topup_id
    where hits.hit_count = 1 and hits.topup_id is not null
),

payers as (
    select
        charge_id,
        min(topup_id) as topup_id
    from int_charge_payments
    where is_shared = 0
    group by charge_id
)

select
    lines.file_id,
    lines.line,
    lines.claim_id,
    lines.claimant,
    lines.submitted_on,
    file.name as source,
    (
        select count(*)
        from hits
        where hits.file_id = lines.file_id and hits.line = lines.line
    ) as hit_count,
    items.charge_id,
    items.topup_id,
    coalesce(charge.id, topup.id) as item_id,
    coalesce(charge.amount_nanos, topup.total_nanos) as amount_nanos,
    coalesce(charge.currency, topup.currency) as currency,
    coalesce(charge.dated_on, topup.paid_on) as dated_on,
    coalesce(paid.reference, topup.reference, charge.reference) as reference,
    item_file.name || ':' || coalesce(charge.line, topup.line) as item_source,
    coalesce(paid.organization_key, topup.organization_key) as organization_key
from stg_claim_rows as lines
inner join file on lines.file_id = file.file_id
left join items on lines.file_id = items.file_id and lines.line = items.line
left join charge on items.charge_id = charge.charge_id
left join topup on items.topup_id = topup.topup_id
left join payers on items.charge_id = payers.charge_id
left join topup as paid on payers.topup_id = paid.topup_id
left join file as item_file on coalesce(charge.file_id, topup.file_id) = item_file.file_id
order by
    coalesce(lines.submitted_on, '9999-12-31'),
    lines.claim_id,
    file.name,
    lines.line,
    item_id;
