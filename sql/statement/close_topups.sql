-- One row per top-up paid from :first to :last, with its state and the month of its charge.
select
    topup.id,
    topup.reference,
    topup.paid_on,
    topup.status,
    topup.credit_nanos,
    topup.credit_currency,
    topup.total_nanos,
    topup.currency,
    coalesce(topup_state.state, '') as state
from topup
left join topup_state on topup.topup_id = topup_state.topup_id
where
    topup.organization_key = :organization_key
    and topup.paid_on >= :first
    and topup.paid_on <= :last
order by topup.paid_on, topup.paid_at, topup.id;
