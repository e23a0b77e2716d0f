-- One row per organization and credit currency: where it stands at the end of its last covered day.
with last_days as (
    select
        organization_key,
        currency,
        max(day) as day
    from balance_day
    where policy = 'free-first'
    group by organization_key, currency
),

balances as (
    select balance_day.*
    from balance_day
    inner join last_days
        on balance_day.organization_key = last_days.organization_key
        and balance_day.currency = last_days.currency
        and balance_day.day = last_days.day
    where balance_day.policy = 'free-first'
),

open_grants as (
    select
        credit_grant.organization_key,
        credit_grant.currency,
        credit_grant.expires_on,
        sum(grant_balance.remaining_nanos) as remaining_nanos
    from credit_grant
    inner join grant_balance
        on credit_grant.credit_grant_id = grant_balance.credit_grant_id
        and grant_balance.policy = 'free-first'
    where
        grant_balance.remaining_nanos > 0
        and credit_grant.expires_on is not null
    group by credit_grant.organization_key, credit_grant.currency, credit_grant.expires_on
),

next_expiries as (
    select
        organization_key,
        currency,
        expires_on,
        remaining_nanos,
        row_number() over (
            partition by organization_key, currency order by expires_on
        ) as position
    from open_grants
),

provisional as (
    select
        organization_key,
        count(distinct day) as day_count
    from cost_day
    where is_provisional = 1
    group by organization_key
),

gaps as (
    select
        organization_key,
        count(*) - 1 as gap_count
    from coverage
    group by organization_key
)

select
    organization.organization_id,
    organization.name,
    organization_fact.billing_mode,
    organization_fact.cost_from,
    organization_fact.cost_until,
    coalesce(provisional.day_count, 0) as provisional_count,
    coalesce(gaps.gap_count, 0) as gap_count,
    balances.currency,
    balances.paid_nanos,
    balances.free_nanos,
    balances.overdraft_nanos,
    next_expiries.expires_on,
    next_expiries.remaining_nanos,
    organization_fact.organization_key,
    exists (
        select 1
        from credit_grant
        where credit_grant.organization_key = organization_fact.organization_key
    ) as has_credit,
    case when opening.evidence = '' then opening.first_on end as unknown_before
from organization_fact
inner join organization
    on organization_fact.organization_key = organization.organization_key
left join balances
    on organization_fact.organization_key = balances.organization_key
left join opening
    on balances.organization_key = opening.organization_key
    and balances.currency = opening.currency
left join next_expiries
    on balances.organization_key = next_expiries.organization_key
    and balances.currency = next_expiries.currency
    and next_expiries.position = 1
left join provisional
    on organization_fact.organization_key = provisional.organization_key
left join gaps
    on organization_fact.organization_key = gaps.organization_key
order by organization.organization_id, balances.currency;
