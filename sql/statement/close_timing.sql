-- One row per top-up whose charge stands in another month, where one of the two is :month.
with charged as (
    select
        topup.id,
        topup.reference,
        topup.paid_on,
        topup.total_nanos,
        topup.currency,
        coalesce(charge.posted_on, charge.dated_on) as charged_on
    from topup
    inner join link on topup.topup_id = link.topup_id and link.leg = 'card'
    inner join charge on link.charge_id = charge.charge_id
    where
        topup.organization_key = :organization_key
        and link.state in ('confirmed', 'interchangeable', 'accepted')
)

select
    id,
    reference,
    paid_on,
    total_nanos,
    currency,
    charged_on
from charged
where
    substr(paid_on, 1, 7) <> substr(charged_on, 1, 7)
    and (substr(paid_on, 1, 7) = :month or substr(charged_on, 1, 7) = :month)
order by paid_on, charged_on, id;
