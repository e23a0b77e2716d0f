-- One row per line of a claim and charge or top-up that it names.
--
-- grain    file_id, line, charge_id, topup_id
-- reads    stg_claim_rows, charge, account, topup, receipt, link, int_charge_payments
-- read by  statement/wallet_claims
--
-- A reference names the charge of that id or transaction id, or the top-up of
-- that id, invoice or receipt number; without one, card, day and amount together
-- describe a charge. Everything that a line states beside must agree: an amount
-- the charge's, what the merchant took, or the payment's total.
create view int_claim_hits as
with charges as (
    select
        charge.*,
        account.card_last4 as account_last4
    from charge
    inner join account on charge.account_id = account.account_id
    where charge.state = 'posted' and charge.amount_nanos > 0
),

named_charges as (
    select
        lines.file_id,
        lines.line,
        charges.charge_id
    from stg_claim_rows as lines
    inner join charges on lines.charge = charges.id
    where lines.charge <> ''

    union

    select
        lines.file_id,
        lines.line,
        charges.charge_id
    from stg_claim_rows as lines
    inner join charges on lines.charge = charges.reference
    where lines.charge <> ''

    union

    select
        lines.file_id,
        lines.line,
        charges.charge_id
    from stg_claim_rows as lines
    inner join charges on lines.dated_on = charges.dated_on
    where lines.charge = ''

    union

    select
        lines.file_id,
        lines.line,
        charges.charge_id
    from stg_claim_rows as lines
    inner join charges on lines.dated_on = charges.posted_on
    where lines.charge = ''
),

topup_names as (
    select
        topup_id,
        id as name
    from topup

    union

    select
        topup_id,
        invoice_number
    from topup

    union

    select
        topup_id,
        receipt_number
    from topup

    union

    select
        link.topup_id,
        receipt.id
    from link
    inner join receipt on link.receipt_id = receipt.receipt_id
    where link.state in ('confirmed', 'interchangeable', 'accepted', 'settled')

    union

    select
        link.topup_id,
        receipt.receipt_number
    from link
    inner join receipt on link.receipt_id = receipt.receipt_id
    where link.state in ('confirmed', 'interchangeable', 'accepted', 'settled')

    union

    select
        link.topup_id,
        receipt.invoice_number
    from link
    inner join receipt on link.receipt_id = receipt.receipt_id
    where link.state in ('confirmed', 'interchangeable', 'accepted', 'settled')
),

named_topups as (
    select
        lines.file_id,
        lines.line,
        topup_names.topup_id
    from stg_claim_rows as lines
    inner join topup_names on lines.charge = topup_names.name
    where lines.charge <> ''
)

select
    lines.file_id,
    lines.line,
    charges.charge_id,
    null as topup_id
from named_charges
inner join stg_claim_rows as lines
    on named_charges.file_id = lines.file_id and named_charges.line = lines.line
inner join charges on named_charges.charge_id = charges.charge_id
where
    (lines.card_last4 = '' or lines.card_last4 in (charges.card_last4, charges.account_last4))
    and (
        lines.dated_on is null
        or lines.dated_on = charges.dated_on
        or lines.dated_on = charges.posted_on
    )
    and (
        lines.amount_nanos is null
        or (lines.amount_nanos = charges.amount_nanos and lines.currency = charges.currency)
        or (
            lines.amount_nanos = charges.original_nanos
            and lines.currency = charges.original_currency
        )
    )

union

select
    lines.file_id,
    lines.line,
    null as charge_id,
    topup.topup_id
from named_topups
inner join stg_claim_rows as lines
    on named_topups.file_id = lines.file_id and named_topups.line = lines.line
inner join topup on named_topups.topup_id = topup.topup_id
left join int_charge_payments as payments on topup.topup_id = payments.topup_id
left join charge on payments.charge_id = charge.charge_id
where
    topup.status in ('paid', 'refunded')
    and (
        lines.amount_nanos is null
        or (lines.amount_nanos = topup.total_nanos and lines.currency = topup.currency)
        or (lines.amount_nanos = charge.amount_nanos and lines.currency = charge.currency)
    );
