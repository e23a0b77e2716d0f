-- One row per charge whose uses do not add up to it.
with parts as (
    select
        charge_use.policy,
        charge_use.charge_id,
        charge_use.amount_nanos as left_nanos
    from charge_use

    union all

    select
        charge_purpose.policy,
        charge_purpose.charge_id,
        -charge.amount_nanos as left_nanos
    from charge_purpose
    inner join charge on charge_purpose.charge_id = charge.charge_id
),

differences as (
    select
        policy,
        charge_id,
        sum(left_nanos) as left_nanos
    from parts
    group by policy, charge_id
)

select
    charge.id || ' (' || differences.policy || '): what it was for does not add up to it' as problem
from differences
inner join charge on differences.charge_id = charge.charge_id
where differences.left_nanos <> 0
order by differences.policy, charge.id;
