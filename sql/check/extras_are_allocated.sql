-- One row per organization, month, kind and currency whose allocation to projects is not what was paid beside usage.
with parts as (
    select
        policy,
        organization_key,
        month,
        kind,
        currency,
        amount_nanos as left_nanos
    from allocation_month

    union all

    select
        '' as policy,
        topup.organization_key,
        substr(topup.paid_on, 1, 7) as month,
        adjustment.cause as kind,
        adjustment.currency,
        -adjustment.amount_nanos as left_nanos
    from adjustment
    inner join topup on adjustment.topup_id = topup.topup_id
    where
        adjustment.treatment not in ('recoverable', 'reverse-charge')
        and topup.wallet <> 'chatgpt'
        and topup.wallet <> 'credits'

    union all

    select
        grant_balance.policy,
        credit_grant.organization_key,
        substr(credit_grant.expires_on, 1, 7) as month,
        'expired' as kind,
        credit_grant.currency,
        -grant_balance.expired_nanos as left_nanos
    from grant_balance
    inner join credit_grant on grant_balance.credit_grant_id = credit_grant.credit_grant_id
    where credit_grant.is_free = 0 and credit_grant.expires_on is not null
),

differences as (
    select
        policy,
        organization_key,
        month,
        kind,
        currency,
        sum(left_nanos) as left_nanos
    from parts
    group by policy, organization_key, month, kind, currency
)

select
    organization.organization_id || ' ' || differences.month || ' ' || differences.kind || ' '
    || differences.currency
    || case when differences.policy <> '' then ' (' || differences.policy || ')' else '' end
    || ': what projects are allocated is not what was paid beside usage' as problem
from differences
inner join organization on differences.organization_key = organization.organization_key
where differences.left_nanos <> 0
order by
    organization.organization_id,
    differences.month,
    differences.kind,
    differences.currency,
    differences.policy;
