-- One row per grant whose use by projects is not its use.
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
        -used_nanos as left_nanos
    from grant_use
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
    || '): what projects used of it is not what was used of it' as problem
from differences
inner join credit_grant on differences.credit_grant_id = credit_grant.credit_grant_id
inner join organization on credit_grant.organization_key = organization.organization_key
where differences.left_nanos <> 0
order by differences.policy, organization.organization_id, credit_grant.reference;
