-- One row per day of an organization's balance in a currency, with the payments that it got on that day; the balance is
-- known where nothing had to be assumed of its opening.
select
    balance_day.day,
    balance_day.paid_nanos,
    balance_day.free_nanos,
    balance_day.overdraft_nanos,
    case when coalesce(opening.evidence, '') = '' then 0 else 1 end as is_known,
    coalesce(paid.recharge_count, 0) as recharge_count
from balance_day
left join opening
    on balance_day.organization_key = opening.organization_key
    and balance_day.currency = opening.currency
left join temp.runaway_recharge as paid
    on balance_day.organization_key = paid.organization_key
    and balance_day.currency = paid.credit_currency
    and balance_day.day = paid.paid_on
where
    balance_day.policy = 'free-first'
    and balance_day.organization_key = :organization_key
    and balance_day.currency = :currency;
