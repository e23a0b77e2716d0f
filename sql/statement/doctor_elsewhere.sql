-- One row per organization out of credit and payment since about then, by the same payer, for another
-- one that uses nothing: the latest such payment. For one that nobody is known to have paid for, by anyone.
--
-- Since about then: from three days before on, for it may have been bought in time. Uses nothing: no
-- cost from 28 days before the payment on; an organization without cost exports is none that is known to.
with empty as (
    select
        standings.*,
        calendar.day_number as since_number
    from int_standings as standings
    inner join calendar on standings.since_on = calendar.day
    where
        standings.is_known = 1
        and standings.left_nanos <= 0
),

payers as (
    select distinct
        topup.organization_key,
        int_topup_payers.payer,
        1 as is_own
    from int_topup_payers
    inner join topup on int_topup_payers.topup_id = topup.topup_id
    union all
    select distinct
        empty.organization_key,
        int_topup_payers.payer,
        0 as is_own
    from empty
    cross join int_topup_payers
    where
        not exists (
            select 1
            from topup
            where topup.organization_key = empty.organization_key
        )
),

candidates as (
    select
        empty.organization_key,
        empty.currency,
        topup.topup_id,
        topup.paid_at,
        topup.paid_on,
        topup.credit_nanos,
        topup.reference,
        topup.file_id,
        topup.line,
        topup.organization_key as other_key,
        max(payers.is_own) as is_own,
        max(payers.payer) as payer -- 'card …' before 'a card of …'
    from empty
    inner join payers on empty.organization_key = payers.organization_key
    inner join int_topup_payers on payers.payer = int_topup_payers.payer
    inner join topup on int_topup_payers.topup_id = topup.topup_id
    inner join calendar as paid on topup.paid_on = paid.day
    where
        topup.organization_key <> empty.organization_key
        and topup.status = 'paid'
        and topup.wallet not in ('chatgpt', 'credits')
        and topup.credit_currency = empty.currency
        and paid.day_number >= empty.since_number - 3
        and not exists (
            select 1
            from cost_day
            inner join calendar as used on cost_day.day = used.day
            where
                cost_day.organization_key = topup.organization_key
                and cost_day.cost_nanos <> 0
                and used.day_number >= paid.day_number - 28
        )
    group by empty.organization_key, empty.currency, topup.topup_id
),

latest as (
    select
        candidates.*,
        row_number() over (
            partition by organization_key, currency order by paid_at desc, topup_id desc
        ) as place
    from candidates
)

select
    latest.organization_key,
    organization.organization_id,
    other.organization_id as other_id,
    latest.payer,
    latest.is_own,
    latest.paid_on,
    latest.credit_nanos,
    latest.currency,
    standings.left_nanos as balance_nanos,
    standings.since_on,
    latest.reference,
    latest.file_id,
    latest.line
from latest
inner join organization on latest.organization_key = organization.organization_key
inner join organization as other on latest.other_key = other.organization_key
inner join int_standings as standings
    on
        latest.organization_key = standings.organization_key
        and latest.currency = standings.currency
where latest.place = 1
order by organization.organization_id, latest.currency;
