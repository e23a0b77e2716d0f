-- One row per burn policy and card charge or credit that is AI spend: what somebody who paid it may ask
-- to be given back, and what is missing to ask for it.
--
-- grain    policy, id
-- reads    charge, account, file, calendar, int_charge_payments, topup, organization, link, receipt,
--          refund_link, claim, stg_claim_rows, exception, charge_purpose, charge_rate
-- read by  reports/reimbursement, reports/reimbursement.apart, reports/reimbursement.blocked, reports/reimbursement.due,
--          reports/reimbursement.project, reports/reimbursement.status
--
-- Only charges of the wallets api, chatgpt and credits, and those that paid a top-up for sure: nothing
-- else of a card is anybody's business here. due_nanos is the amount less what the card got back, null
-- for what stands apart: status says why. A charge in two claims is 'already claimed' until the
-- exception is settled. projects are an allocation of the credit that the charge paid.
create view fct_reimbursements as
with ours as (
    select
        charge.charge_id,
        charge.id,
        charge.account_id,
        charge.card_last4,
        charge.dated_on,
        charge.posted_on,
        charge.descriptor,
        charge.wallet,
        charge.amount_nanos,
        charge.currency,
        charge.fee_nanos,
        charge.fee_currency,
        charge.state,
        charge.file_id,
        charge.line
    from charge
    where
        charge.wallet in ('api', 'chatgpt', 'credits')
        or charge.charge_id in (select payments.charge_id from int_charge_payments as payments)
),

receipts as (
    select
        link.topup_id,
        receipt.receipt_number
    from link
    inner join receipt on link.receipt_id = receipt.receipt_id
    where
        link.leg = 'receipt'
        and link.state in ('confirmed', 'interchangeable', 'accepted', 'settled')
),

paid as (
    select
        payments.charge_id,
        count(*) as topup_count,
        count(receipts.topup_id) as receipt_count,
        min(organization.organization_id)
        || case when count(distinct organization.organization_id) > 1 then ' and others' else '' end
            as organization_id,
        min(topup.invoice_number)
        || case
            when count(distinct topup.invoice_number) > 2 then ' and others'
            when count(distinct topup.invoice_number) = 2 then ' and ' || max(topup.invoice_number)
            else ''
        end as invoice_number,
        min(receipts.receipt_number)
        || case
            when count(distinct receipts.receipt_number) > 2 then ' and others'
            when count(distinct receipts.receipt_number) = 2
                then ' and ' || max(receipts.receipt_number)
            else ''
        end as receipt_number,
        sum(case when topup.status = 'refunded' or topup.refunded_at is not null then 1 else 0 end)
            as refunded_count
    from int_charge_payments as payments
    inner join topup on payments.topup_id = topup.topup_id
    inner join organization on topup.organization_key = organization.organization_key
    left join receipts on payments.topup_id = receipts.topup_id
    group by payments.charge_id
),

refunds as (
    select
        charge.charge_id,
        sum(-back.amount_nanos) as refunded_nanos
    from refund_link
    inner join charge as back on refund_link.refund_charge_id = back.charge_id
    inner join charge
        on refund_link.charge_id = charge.charge_id and back.currency = charge.currency
    where back.state = 'posted'
    group by charge.charge_id
),

given_back as (
    select
        refund_link.refund_charge_id as charge_id,
        charge.dated_on,
        charge.id,
        case when charge.currency = back.currency then 1 else 0 end as is_netted
    from refund_link
    inner join charge as back on refund_link.refund_charge_id = back.charge_id
    inner join charge on refund_link.charge_id = charge.charge_id
),

claimed_items as (
    select
        claim.charge_id,
        claim.file_id,
        claim.line,
        claim.claim_id,
        claim.state,
        claim.earlier_claim_id,
        charge.id as item_id
    from claim
    inner join charge on claim.charge_id = charge.charge_id

    union

    select
        payments.charge_id,
        claim.file_id,
        claim.line,
        claim.claim_id,
        claim.state,
        claim.earlier_claim_id,
        topup.id as item_id
    from claim
    inner join topup on claim.topup_id = topup.topup_id
    inner join int_charge_payments as payments on claim.topup_id = payments.topup_id
),

claims as (
    select
        claimed_items.charge_id,
        lines.claim_id,
        lines.claimant,
        lines.submitted_on,
        lines.approver,
        lines.purpose,
        claimed_items.earlier_claim_id,
        max(case when exception.id is not null then 1 else 0 end) over (
            partition by claimed_items.charge_id
        ) as is_blocked,
        row_number() over (
            partition by claimed_items.charge_id
            order by
                case when exception.id is not null then 1 else 2 end,
                coalesce(lines.submitted_on, '9999-12-31') desc,
                lines.claim_id desc,
                file.name desc,
                lines.line desc,
                claimed_items.item_id desc
        ) as position
    from claimed_items
    inner join stg_claim_rows as lines
        on claimed_items.file_id = lines.file_id and claimed_items.line = lines.line
    inner join file on claimed_items.file_id = file.file_id
    left join exception
        on
            claimed_items.state = 'claimed before'
            and exception.code = 'ALREADY_CLAIMED'
            and exception.subject = claimed_items.item_id || ' ' || claimed_items.claim_id || ' '
            || file.name || ':' || claimed_items.line
),

policies as (
    select 'free-first' as policy

    union all

    select 'expiry-first' as policy
),

judged as (
    select
        policies.policy,
        ours.*,
        paid.organization_id,
        paid.invoice_number,
        paid.receipt_number,
        paid.topup_count,
        paid.receipt_count,
        paid.refunded_count,
        coalesce(refunds.refunded_nanos, 0) as refunded_nanos,
        given_back.dated_on as given_for_on,
        given_back.id as given_for,
        given_back.is_netted,
        claims.claim_id,
        claims.claimant,
        claims.submitted_on,
        claims.approver,
        claims.earlier_claim_id,
        charge_purpose.projects,
        case
            when claims.purpose <> '' then claims.purpose
            else coalesce(charge_purpose.purposes, '')
        end as purpose,
        case
            when claims.purpose <> '' then ''
            when charge_purpose.charge_id is null then 'purpose'
            when charge_purpose.unknown <> '' then 'purpose of ' || charge_purpose.unknown
            else ''
        end as missing_purpose,
        case
            when ours.state = 'pending' then 'pending'
            when ours.state = 'dead' then 'declined'
            when ours.state = 'reversed' then 'reversed'
            when ours.state = 'dropped' then 'dropped'
            when ours.amount_nanos <= 0 then 'refund'
            when refunds.refunded_nanos >= ours.amount_nanos then 'refunded'
            when claims.is_blocked = 1 then 'already claimed'
            else 'due'
        end as status
    from ours
    cross join policies
    left join paid on ours.charge_id = paid.charge_id
    left join refunds on ours.charge_id = refunds.charge_id
    left join given_back on ours.charge_id = given_back.charge_id
    left join claims on ours.charge_id = claims.charge_id and claims.position = 1
    left join charge_purpose
        on ours.charge_id = charge_purpose.charge_id and policies.policy = charge_purpose.policy
),

told as (
    select
        judged.*,
        case when judged.topup_count is null and judged.wallet = 'api' then ', payment' else '' end
        || case
            when coalesce(judged.receipt_count, 0) < coalesce(judged.topup_count, 1) then ', receipt'
            else ''
        end
        || case when judged.missing_purpose <> '' then ', ' || judged.missing_purpose else '' end
        || case
            when judged.refunded_count > 0 and judged.refunded_nanos = 0
                then ', the credit of its refund'
            else ''
        end
        || case
            when judged.claim_id is null then ', claim'
            else
                case when judged.claimant = '' then ', claimant' else '' end
                || case when judged.approver = '' then ', approver' else '' end
                || case when judged.submitted_on is null then ', submission date' else '' end
        end as missing
    from judged
)

select
    told.policy,
    told.dated_on,
    told.posted_on,
    account.account,
    case when told.card_last4 <> '' then told.card_last4 else account.card_last4 end as card_last4,
    told.descriptor,
    told.wallet,
    told.status,
    told.amount_nanos,
    told.currency,
    case when told.fee_nanos <> 0 then told.fee_nanos end as fee_nanos,
    case when told.fee_nanos <> 0 then told.fee_currency end as fee_currency,
    charge_rate.original_nanos,
    charge_rate.original_currency,
    charge_rate.rate_nanos,
    charge_rate.source as rate_source,
    case when told.refunded_nanos <> 0 then told.refunded_nanos end as refunded_nanos,
    case when told.status = 'due' then told.amount_nanos - told.refunded_nanos end as due_nanos,
    coalesce(told.organization_id, '') as organization_id,
    coalesce(told.invoice_number, '') as invoice_number,
    coalesce(told.receipt_number, '') as receipt_number,
    coalesce(told.projects, '') as projects,
    told.purpose,
    coalesce(told.claim_id, '') as claim_id,
    coalesce(told.claimant, '') as claimant,
    told.submitted_on,
    coalesce(told.approver, '') as approver,
    case when told.status = 'due' then substr(told.missing, 3) else '' end as missing,
    case told.status
        when 'already claimed'
            then
                'claimed before in ' || told.earlier_claim_id
                || ': settle that it is right, or take it out of one claim'
        when 'refunded'
            then 'the card got all of it back'
                || case
                    when told.refunded_nanos > told.amount_nanos
                        then ', and more: what is above the charge is taken off nothing'
                    else ''
                end
        when 'refund'
            then case
                when told.given_for is null then 'given back, and of which charge is not known'
                when told.is_netted = 0
                    then 'given back in another currency than the charge of ' || told.given_for_on
                        || ' (' || told.given_for || ')'
                else 'given back: the charge of ' || told.given_for_on || ' (' || told.given_for
                    || ') is less by it'
            end
        when 'pending' then 'not posted yet'
        when 'declined' then 'nothing was charged'
        when 'reversed' then 'taken back, and charged again'
        when 'dropped' then 'pending once, and never posted'
        else
            case
                when told.earlier_claim_id <> ''
                    then 'claimed before in ' || told.earlier_claim_id || ', and settled'
                else ''
            end
    end as why,
    file.name as source,
    told.line,
    told.id
from told
inner join account on told.account_id = account.account_id
inner join file on told.file_id = file.file_id
left join charge_rate on told.charge_id = charge_rate.charge_id;
