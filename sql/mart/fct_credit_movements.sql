-- One row per burn policy, organization, credit currency, UTC day, kind and reference that moved credit: what it did to paid credit, free credit and overdraft.
--
-- grain    policy, organization_id, currency, day, kind, reference
-- reads    credit_grant, grant_balance, burn, balance_day, topup, calendar, organization, organization_fact
-- read by  statement/books_movements, check/movements_are_the_balance
--
-- Their sums up to a day are that day's balance: books are made of these and of nothing else. A day's
-- usage is one row, and so are its refunds: what they take from grants is known for each, what they leave
-- as overdraft for the day alone.
create view fct_credit_movements as
with grants as (
    select
        grant_balance.policy,
        credit_grant.credit_grant_id,
        credit_grant.organization_key,
        credit_grant.currency,
        credit_grant.reference,
        case
            when credit_grant.topup_id is not null then 'topup'
            when credit_grant.is_free = 1 then 'grant'
            else 'opening'
        end as kind,
        credit_grant.is_free,
        credit_grant.topup_id,
        credit_grant.granted_on,
        case
            when credit_grant.expires_on < credit_grant.granted_on then credit_grant.granted_on
            else credit_grant.expires_on
        end as expired_on,
        credit_grant.face_nanos - grant_balance.repaid_nanos as added_nanos,
        grant_balance.repaid_nanos,
        grant_balance.expired_nanos,
        grant_balance.withdrawn_nanos
    from credit_grant
    inner join grant_balance on credit_grant.credit_grant_id = grant_balance.credit_grant_id
    inner join organization_fact
        on credit_grant.organization_key = organization_fact.organization_key
    where credit_grant.granted_on <= organization_fact.cost_until
),

draws as (
    select
        burn.policy,
        burn.organization_key,
        credit_grant.currency,
        burn.day,
        sum(case when credit_grant.is_free = 1 then 0 else burn.drawn_nanos end) as paid_nanos,
        sum(case when credit_grant.is_free = 1 then burn.drawn_nanos else 0 end) as free_nanos
    from burn
    inner join credit_grant on burn.credit_grant_id = credit_grant.credit_grant_id
    group by burn.policy, burn.organization_key, credit_grant.currency, burn.day
),

usages as (
    select
        balance_day.policy,
        balance_day.organization_key,
        balance_day.currency,
        balance_day.day,
        coalesce(draws.paid_nanos, 0) as paid_nanos,
        coalesce(draws.free_nanos, 0) as free_nanos,
        balance_day.usage_nanos - balance_day.adjustment_nanos
        - coalesce(draws.paid_nanos, 0) - coalesce(draws.free_nanos, 0) as overdrawn_nanos
    from balance_day
    left join draws
        on balance_day.policy = draws.policy
        and balance_day.organization_key = draws.organization_key
        and balance_day.currency = draws.currency
        and balance_day.day = draws.day
),

withdrawals as (
    select
        grants.policy,
        grants.organization_key,
        grants.currency,
        case
            when calendar.day < grants.granted_on then grants.granted_on
            else calendar.day
        end as day,
        grants.withdrawn_nanos
    from grants
    inner join topup on grants.topup_id = topup.topup_id
    inner join calendar on coalesce(topup.refunded_at, topup.paid_at) / 86400 = calendar.day_number
    where grants.withdrawn_nanos <> 0
),

withdrawn_days as (
    select
        policy,
        organization_key,
        currency,
        day,
        sum(withdrawn_nanos) as withdrawn_nanos
    from withdrawals
    group by policy, organization_key, currency, day
),

movements as (
    select
        policy,
        organization_key,
        currency,
        granted_on as day,
        kind,
        reference,
        case when is_free = 1 then 0 else added_nanos end as prepaid_nanos,
        case when is_free = 1 then added_nanos else 0 end as free_nanos,
        -repaid_nanos as accrued_nanos,
        topup_id
    from grants

    union all

    select
        policy,
        organization_key,
        currency,
        expired_on as day,
        'expiry' as kind,
        reference,
        case when is_free = 1 then 0 else -expired_nanos end as prepaid_nanos,
        case when is_free = 1 then -expired_nanos else 0 end as free_nanos,
        0 as accrued_nanos,
        topup_id
    from grants
    where expired_nanos <> 0

    union all

    select
        policy,
        organization_key,
        currency,
        day,
        'usage' as kind,
        '' as reference,
        -paid_nanos as prepaid_nanos,
        -free_nanos as free_nanos,
        overdrawn_nanos as accrued_nanos,
        null as topup_id
    from usages
    where paid_nanos <> 0 or free_nanos <> 0 or overdrawn_nanos <> 0

    union all

    select
        balance_day.policy,
        balance_day.organization_key,
        balance_day.currency,
        balance_day.day,
        'refund' as kind,
        '' as reference,
        -coalesce(withdrawn_days.withdrawn_nanos, 0) as prepaid_nanos,
        0 as free_nanos,
        balance_day.withdrawn_nanos - coalesce(withdrawn_days.withdrawn_nanos, 0) as accrued_nanos,
        null as topup_id
    from balance_day
    left join withdrawn_days
        on balance_day.policy = withdrawn_days.policy
        and balance_day.organization_key = withdrawn_days.organization_key
        and balance_day.currency = withdrawn_days.currency
        and balance_day.day = withdrawn_days.day
    where balance_day.withdrawn_nanos <> 0
)

select
    movements.policy,
    organization.organization_id,
    movements.currency,
    movements.day,
    movements.kind,
    movements.reference,
    movements.prepaid_nanos,
    movements.free_nanos,
    movements.accrued_nanos,
    topup.id
from movements
inner join organization on movements.organization_key = organization.organization_key
left join topup on movements.topup_id = topup.topup_id;
