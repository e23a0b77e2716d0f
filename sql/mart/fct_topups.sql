-- One row per payment-history fact, whether or not its receipt and charge were found.
--
-- grain    topup_id
-- reads    topup, topup_state, link, link_part, receipt, charge, file, organization
-- read by  reports/topups
--
-- Of several charges that paid one top-up the first is named, and their amounts are added up; of one
-- that paid several the top-up's part is told.
create view fct_topups as
with receipt_legs as (
    select
        link.topup_id,
        receipt.receipt_number,
        file.name as receipt_source,
        receipt.line as receipt_line
    from link
    inner join receipt on link.receipt_id = receipt.receipt_id
    inner join file on receipt.file_id = file.file_id
    where link.leg = 'receipt'
),

parts as (
    select
        topup_id,
        sum(amount_nanos) as amount_nanos,
        sum(fee_nanos) as fee_nanos
    from link_part
    group by topup_id
),

card_legs as (
    select
        link.topup_id,
        link.variance_nanos,
        file.name as card_source,
        charge.line as card_line,
        coalesce(parts.amount_nanos, charge.amount_nanos) as amount_nanos,
        charge.currency,
        coalesce(parts.fee_nanos, charge.fee_nanos) as fee_nanos,
        charge.fee_currency
    from link
    inner join charge on link.charge_id = charge.charge_id
    inner join file on charge.file_id = file.file_id
    left join parts on link.topup_id = parts.topup_id
    where link.leg = 'card'
)

select
    topup.topup_id,
    organization.organization_id,
    file.name as topup_source,
    topup.line as topup_line,
    topup.paid_at,
    topup.paid_on,
    topup.invoice_number,
    topup.status,
    topup.kind,
    topup.credit_nanos,
    topup.credit_currency,
    topup.tax_nanos,
    topup.total_nanos,
    topup.currency,
    receipt_legs.receipt_number,
    receipt_legs.receipt_source,
    receipt_legs.receipt_line,
    topup_state.receipt_state,
    card_legs.card_source,
    card_legs.card_line,
    card_legs.amount_nanos as card_amount_nanos,
    card_legs.currency as card_currency,
    card_legs.fee_nanos,
    card_legs.fee_currency,
    card_legs.variance_nanos,
    topup_state.card_state,
    topup_state.state,
    topup_state.rule,
    topup.id
from topup
inner join organization on topup.organization_key = organization.organization_key
inner join file on topup.file_id = file.file_id
left join topup_state on topup.topup_id = topup_state.topup_id
left join receipt_legs on topup.topup_id = receipt_legs.topup_id
left join card_legs on topup.topup_id = card_legs.topup_id;
