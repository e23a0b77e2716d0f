-- One row per fact that lacks a counterpart: all that is missing stands in `why`.
--
-- grain    fact
-- reads    topup, topup_state, receipt, charge, link, link_part, refund_link, decision,
--          decision_fact, decided_fact, decision_state, file, organization
-- read by  reports/unmatched
create view fct_unmatched as
with held_receipts as (
    select receipt_id
    from link
    where leg = 'receipt' and state in ('confirmed', 'interchangeable', 'accepted')
),

held_charges as (
    select charge_id
    from link
    where leg = 'card' and state in ('confirmed', 'interchangeable', 'accepted')
    union all
    select link_part.charge_id
    from link_part
    inner join link on link_part.topup_id = link.topup_id and link.leg = 'card'
    where link.state in ('confirmed', 'interchangeable', 'accepted')
    union all
    select refund_charge_id
    from refund_link
    where charge_id is not null
),

settled as (
    select
        decision_fact.kind,
        decided_fact.fact_key
    from decision
    inner join decision_state on decision.decision_id = decision_state.decision_id
    inner join decision_fact on decision.decision_id = decision_fact.decision_id
    inner join decided_fact
        on decision_fact.decision_id = decided_fact.decision_id
        and decision_fact.position = decided_fact.position
    where decision.verb = 'settle' and decision_state.state = 'in force'
),

topup_gaps as (
    select
        topup_id,
        case card_state
            when 'open' then 'no card charge'
            when 'rejected' then 'no card charge but a rejected one'
            when 'awaiting-statement' then 'no statement of its card covers the day yet'
            when 'ambiguous' then 'several card charges fit'
            when 'suggested' then 'a card charge is suggested, not proved'
            else ''
        end as card_why,
        case receipt_state
            when 'open' then 'no receipt'
            when 'rejected' then 'no receipt but a rejected one'
            when 'ambiguous' then 'several receipts fit'
            when 'suggested' then 'a receipt fits in part only'
            else ''
        end as receipt_why
    from topup_state
),

topups as (
    select
        'topup' as kind,
        topup.file_id,
        topup.line,
        topup.organization_key,
        topup.paid_on as dated_on,
        topup.total_nanos as amount_nanos,
        topup.currency,
        topup.description,
        topup_gaps.card_why
        || case when topup_gaps.card_why <> '' and topup_gaps.receipt_why <> '' then '; ' else '' end
        || topup_gaps.receipt_why as why,
        topup.id
    from topup
    inner join topup_gaps on topup.topup_id = topup_gaps.topup_id
    where topup_gaps.card_why <> '' or topup_gaps.receipt_why <> ''
),

receipts as (
    select
        'receipt' as kind,
        receipt.file_id,
        receipt.line,
        cast(null as integer) as organization_key,
        receipt.paid_on as dated_on,
        receipt.total_nanos as amount_nanos,
        receipt.currency,
        receipt.description,
        case
            when receipt.is_paid = 0 then 'an invoice of what is due, and no receipt'
            else 'no top-up'
        end as why,
        receipt.id
    from receipt
    where
        receipt.wallet in ('api', 'unknown')
        and receipt.receipt_id not in (select receipt_id from held_receipts)
        and receipt.receipt_id not in (select fact_key from settled where kind = 'receipt')
),

charges as (
    select
        'charge' as kind,
        charge.file_id,
        charge.line,
        cast(null as integer) as organization_key,
        charge.dated_on,
        charge.amount_nanos,
        charge.currency,
        charge.descriptor as description,
        case
            when charge.wallet_rule = 'undecided'
                then 'a wallet rule took too long and was stopped'
            when charge.wallet = 'unknown' then 'no rule tells its wallet'
            when charge.state = 'pending' then 'still pending'
            when charge.amount_nanos < 0 then 'no charge that it gives back'
            else 'no top-up'
        end as why,
        charge.id
    from charge
    where
        charge.wallet in ('api', 'unknown')
        and charge.state in ('posted', 'pending')
        and charge.charge_id not in (select charge_id from held_charges)
        and charge.charge_id not in (select fact_key from settled where kind = 'charge')
),

all_open as (
    select * from topups
    union all
    select * from receipts
    union all
    select * from charges
)

select
    all_open.kind,
    file.name as source,
    all_open.line,
    organization.organization_id,
    all_open.dated_on,
    all_open.amount_nanos,
    all_open.currency,
    all_open.description,
    all_open.why,
    all_open.id
from all_open
inner join file on all_open.file_id = file.file_id
left join organization on all_open.organization_key = organization.organization_key;
