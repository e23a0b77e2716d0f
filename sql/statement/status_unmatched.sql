-- One row per kind of open money of one organization (:organization_key; 0: of none) and currency.
with open_money as (
    select
        'without a card charge' as what,
        topup.organization_key,
        topup.total_nanos as amount_nanos,
        topup.currency
    from topup
    inner join topup_state on topup.topup_id = topup_state.topup_id
    where topup_state.card_state in ('open', 'rejected', 'ambiguous', 'suggested')
    union all
    select
        'awaiting a statement',
        topup.organization_key,
        topup.total_nanos,
        topup.currency
    from topup
    inner join topup_state on topup.topup_id = topup_state.topup_id
    where topup_state.card_state = 'awaiting-statement'
    union all
    select
        'without a receipt',
        topup.organization_key,
        topup.total_nanos,
        topup.currency
    from topup
    inner join topup_state on topup.topup_id = topup_state.topup_id
    where topup_state.receipt_state in ('open', 'rejected', 'ambiguous', 'suggested')
    union all
    select
        case exception.code
            when 'NO_TOPUP_FOR_CHARGE' then 'charged without a top-up'
            when 'DUPLICATE_CHARGE' then 'charged twice'
            else 'receipted without a top-up'
        end,
        exception.organization_key,
        exception.amount_nanos,
        exception.currency
    from exception
    where
        exception.code in ('NO_TOPUP_FOR_CHARGE', 'DUPLICATE_CHARGE', 'NO_TOPUP_FOR_RECEIPT')
)

select
    what,
    currency,
    sum(amount_nanos) as amount_nanos
from open_money
where coalesce(organization_key, 0) = :organization_key
group by what, currency
order by what, currency;
