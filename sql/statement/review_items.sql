-- One row per item that a person may decide about: a leg of a top-up, a receipt or a charge that lacks its counterpart, the
-- gravest and largest first; of one organization with :org. What may be a top-up's is not asked for a second time.
with legs as (
    select
        topup_id,
        'receipt' as leg,
        receipt_state as state
    from topup_state
    union all
    select
        topup_id,
        'card' as leg,
        card_state as state
    from topup_state
),

raised as (
    select
        code,
        severity,
        file_id,
        line,
        min(explanation) as explanation,
        min(next_action) as next_action
    from exception
    where room = 'match'
    group by code, severity, file_id, line
),

topups as (
    select
        'topup' as kind,
        topup.topup_id as fact_key,
        topup.id,
        topup.reference,
        legs.leg,
        case
            when legs.state = 'ambiguous' then 'AMBIGUOUS'
            when legs.state = 'suggested' then 'AMOUNT_MISMATCH'
            when legs.leg = 'card' then 'NO_CARD_CHARGE'
            else 'NO_RECEIPT'
        end as code,
        topup.file_id,
        topup.line,
        topup.organization_key,
        topup.paid_on as dated_on,
        topup.total_nanos as amount_nanos,
        topup.currency,
        topup.description,
        '' as why
    from legs
    inner join topup on legs.topup_id = topup.topup_id
    where legs.state in ('open', 'rejected', 'ambiguous', 'suggested')
),

asked as (
    select
        receipt_id,
        charge_id
    from candidate
    where verdict = 'undecided'
    union
    select
        receipt_id,
        charge_id
    from link
    where state in ('ambiguous', 'suggested')
),

others as (
    select
        fct_unmatched.kind,
        coalesce(receipt.receipt_id, charge.charge_id) as fact_key,
        fct_unmatched.id,
        coalesce(receipt.reference, charge.reference) as reference,
        '' as leg,
        case when fct_unmatched.kind = 'receipt' then 'NO_TOPUP_FOR_RECEIPT' else 'NO_TOPUP_FOR_CHARGE' end
            as code,
        coalesce(receipt.file_id, charge.file_id) as file_id,
        fct_unmatched.line,
        cast(null as integer) as organization_key,
        fct_unmatched.dated_on,
        fct_unmatched.amount_nanos,
        fct_unmatched.currency,
        fct_unmatched.description,
        fct_unmatched.why
    from fct_unmatched
    left join receipt on fct_unmatched.id = receipt.id
    left join charge on fct_unmatched.id = charge.id and charge.state = 'posted'
    where
        (
            receipt.is_paid = 1
            and receipt.receipt_id not in (
                select receipt_id from asked where receipt_id is not null
            )
        )
        or charge.charge_id not in (select charge_id from asked where charge_id is not null)
),

items as (
    select * from topups
    union all
    select * from others
)

select
    items.kind,
    items.fact_key,
    items.id,
    items.reference,
    items.leg,
    coalesce(raised.code, items.code) as code,
    coalesce(raised.severity, 'warning') as severity,
    file.name || ':' || items.line as source,
    coalesce(organization.organization_id, '') as organization_id,
    items.dated_on,
    items.amount_nanos,
    items.currency,
    items.description,
    coalesce(raised.explanation, items.why) as explanation,
    coalesce(raised.next_action, '') as next_action
from items
inner join file on items.file_id = file.file_id
left join organization on items.organization_key = organization.organization_key
left join raised
    on items.file_id = raised.file_id
    and items.line = raised.line
    and (
        items.code = raised.code
        or (items.kind = 'charge' and raised.code in ('DUPLICATE_CHARGE', 'REFUND', 'CHARGEBACK'))
    )
where :org is null or organization.organization_id = :org
order by
    case coalesce(raised.severity, 'warning') when 'error' then 1 when 'warning' then 2 else 3 end,
    abs(items.amount_nanos) desc,
    items.dated_on,
    items.id,
    items.leg,
    raised.code;
