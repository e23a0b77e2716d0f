-- One row per grant whose use is not what the days drew from it and the overdraft it repaid.
with parts as (
    select
        policy,
        credit_grant_id,
        used_nanos as left_nanos
    from grant_balance

    union all

    select
        policy,
        credit_grant_id,
        -repaid_nanos as left_nanos
    from grant_balance

    union all

    select
        policy,
        credit_grant_id,
        -drawn_nanos as left_nanos
    from burn
),

differences as (
    select
        policy,
        credit_grant_id,
        sum(left_nanos) as left_nanos
    from parts
    group by policy, credit_grant_id
)

select
    organization.organization_id || ' ' || credit_grant.reference || ' (' || differences.policy
    || '): used is not what the days drew and the overdraft it repaid' as problem
from differences
inner join credit_grant on differences.credit_grant_id = credit_grant.credit_grant_id
inner join organization on credit_grant.organization_key = organization.organization_key
where differences.left_nanos <> 0
order by differences.policy, organization.organization_id, credit_grant.reference;
