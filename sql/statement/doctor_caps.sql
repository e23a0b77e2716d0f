-- One row per organization and currency whose auto-recharge has no room for one more payment in the
-- month of its last covered day, and whose balance came down to the threshold, or to zero.
with automatic as (
    select
        topup.organization_key,
        topup.credit_currency as currency,
        topup.paid_on,
        topup.credit_nanos,
        row_number() over (
            partition by topup.organization_key, topup.credit_currency
            order by topup.paid_at desc, topup.topup_id desc
        ) as place
    from topup
    where
        topup.status = 'paid'
        and topup.kind = 'auto'
        and topup.wallet not in ('chatgpt', 'credits')
)

select
    standings.organization_key,
    organization.organization_id,
    standings.currency,
    standings.last_on,
    standings.balance_nanos,
    recharge_month.month,
    recharge_month.automatic_count,
    recharge_month.automatic_nanos,
    recharge_month.cap_nanos,
    automatic.paid_on,
    automatic.credit_nanos
from int_standings as standings
inner join organization on standings.organization_key = organization.organization_key
inner join recharge_month
    on
        standings.organization_key = recharge_month.organization_key
        and standings.currency = recharge_month.currency
        and substr(standings.last_on, 1, 7) = recharge_month.month
inner join automatic
    on
        standings.organization_key = automatic.organization_key
        and standings.currency = automatic.currency
        and automatic.place = 1
where
    standings.is_known = 1
    and recharge_month.cap_nanos is not null
    and recharge_month.automatic_nanos + automatic.credit_nanos > recharge_month.cap_nanos
    and standings.left_nanos <= coalesce(recharge_month.threshold_nanos, 0)
order by organization.organization_id, standings.currency;
