-- One row per organization and currency whose balance is not above zero, what was seen and paid after the
-- last covered day counted: since when, and what it was last paid.
with paid as (
    select
        topup.organization_key,
        topup.credit_currency as currency,
        topup.paid_on,
        topup.credit_nanos,
        topup.reference,
        topup.file_id,
        topup.line,
        row_number() over (
            partition by topup.organization_key, topup.credit_currency
            order by topup.paid_at desc, topup.topup_id desc
        ) as place
    from topup
    where topup.status = 'paid' and topup.wallet not in ('chatgpt', 'credits')
)

select
    standings.organization_key,
    organization.organization_id,
    standings.currency,
    standings.last_on,
    standings.balance_nanos,
    standings.left_nanos,
    standings.since_on,
    standings.seen_nanos,
    standings.seen_on,
    standings.bought_nanos,
    standings.expired_nanos,
    standings.withdrawn_nanos,
    standings.opening,
    paid.paid_on,
    paid.credit_nanos,
    paid.reference,
    paid.file_id,
    paid.line
from int_standings as standings
inner join organization on standings.organization_key = organization.organization_key
left join paid
    on
        standings.organization_key = paid.organization_key
        and standings.currency = paid.currency
        and paid.place = 1
where
    standings.is_known = 1
    and standings.left_nanos <= 0
order by organization.organization_id, standings.currency;
