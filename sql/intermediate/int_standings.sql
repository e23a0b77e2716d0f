-- One row per organization that prepays and credit currency: where its balance stands, and since when it
-- is not above zero.
--
-- grain    organization_key, currency
-- reads    balance_day, credit_grant, topup, observation, opening
-- read by  statement/doctor_balances, statement/doctor_caps, statement/doctor_elsewhere, statement/doctor_payments
--
-- By the policy free-first; the policies agree on whether a balance is above zero but for what expires.
-- What was bought, expired and was withdrawn is of the days since then. left_nanos is what calls can still use:
-- a balance seen on the console on the last covered day or later, else the balance of that day; and the credit
-- of payments after it, of whose use nothing is known. Where the console alone says that nothing is left, it is
-- since the day on which that was seen.
-- Without any grant and with an opening that is assumed there is no balance to speak of: is_known is 0.
create view int_standings as
with days as (
    select
        organization_key,
        currency,
        day,
        topup_nanos,
        expired_nanos,
        withdrawn_nanos,
        paid_nanos + free_nanos - overdraft_nanos as balance_nanos
    from balance_day
    where policy = 'free-first'
),

last_days as (
    select
        organization_key,
        currency,
        max(day) as last_on,
        coalesce(max(case when balance_nanos > 0 then day end), '') as above_on
    from days
    group by organization_key, currency
),

spells as (
    select
        days.organization_key,
        days.currency,
        min(days.day) as since_on,
        sum(days.topup_nanos) as bought_nanos,
        sum(days.expired_nanos) as expired_nanos,
        sum(days.withdrawn_nanos) as withdrawn_nanos
    from days
    inner join last_days
        on days.organization_key = last_days.organization_key and days.currency = last_days.currency
    where days.day > last_days.above_on
    group by days.organization_key, days.currency
),

sightings as (
    select
        observation.organization_key,
        observation.currency,
        observation.observed_at,
        observation.observed_on,
        observation.balance_nanos,
        row_number() over (
            partition by observation.organization_key, observation.currency
            order by observation.observed_at desc, observation.balance_nanos
        ) as place
    from observation
    inner join last_days
        on
            observation.organization_key = last_days.organization_key
            and observation.currency = last_days.currency
    where observation.observed_on >= last_days.last_on
),

seen as (
    select * from sightings where place = 1
),

later as (
    select
        topup.organization_key,
        topup.credit_currency as currency,
        sum(topup.credit_nanos) as credit_nanos
    from topup
    inner join last_days
        on
            topup.organization_key = last_days.organization_key
            and topup.credit_currency = last_days.currency
    left join seen
        on
            topup.organization_key = seen.organization_key
            and topup.credit_currency = seen.currency
    where
        topup.status = 'paid'
        and topup.wallet not in ('chatgpt', 'credits')
        and case
            when seen.place is null then topup.paid_on > last_days.last_on
            else topup.paid_at > seen.observed_at
        end
    group by topup.organization_key, topup.credit_currency
),

granted as (
    select distinct
        organization_key,
        currency
    from credit_grant
)

select
    last_days.organization_key,
    last_days.currency,
    last_days.last_on,
    days.balance_nanos,
    coalesce(spells.since_on, seen.observed_on) as since_on,
    coalesce(spells.bought_nanos, 0) as bought_nanos,
    coalesce(spells.expired_nanos, 0) as expired_nanos,
    coalesce(spells.withdrawn_nanos, 0) as withdrawn_nanos,
    coalesce(seen.balance_nanos, days.balance_nanos) + coalesce(later.credit_nanos, 0) as left_nanos,
    seen.balance_nanos as seen_nanos,
    seen.observed_on as seen_on,
    coalesce(opening.evidence, '') as opening,
    case when granted.currency is null and coalesce(opening.evidence, '') = '' then 0 else 1 end
        as is_known
from last_days
inner join days
    on
        last_days.organization_key = days.organization_key
        and last_days.currency = days.currency
        and last_days.last_on = days.day
left join spells
    on
        last_days.organization_key = spells.organization_key
        and last_days.currency = spells.currency
left join seen
    on
        last_days.organization_key = seen.organization_key
        and last_days.currency = seen.currency
left join later
    on
        last_days.organization_key = later.organization_key
        and last_days.currency = later.currency
left join granted
    on
        last_days.organization_key = granted.organization_key
        and last_days.currency = granted.currency
left join opening
    on
        last_days.organization_key = opening.organization_key
        and last_days.currency = opening.currency;
