-- One row per burn policy, charge, top-up that it paid for sure and thing that became of the top-up's
-- credit; weight_nanos is how much of it, amount_nanos what the charge paid of the top-up.
--
-- reads    int_charge_payments, link_part, charge, credit_grant, grant_use, grant_balance
-- read by  src/wallet/purpose.c
--
-- A project that gave back more than it used has no part. What no use of a credit is known of is not
-- used yet.
with payments as (
    select
        charge.charge_id,
        payments.topup_id,
        credit_grant.credit_grant_id,
        coalesce(link_part.amount_nanos, charge.amount_nanos) as amount_nanos
    from int_charge_payments as payments
    inner join charge on payments.charge_id = charge.charge_id
    inner join credit_grant on payments.topup_id = credit_grant.topup_id
    left join link_part
        on payments.topup_id = link_part.topup_id and payments.charge_id = link_part.charge_id
    where charge.amount_nanos > 0
),

uses as (
    select
        policy,
        credit_grant_id,
        'used' as use,
        project_key,
        case when used_nanos > 0 then used_nanos else 0 end as weight_nanos
    from grant_use

    union all

    select
        policy,
        credit_grant_id,
        'not used yet' as use,
        null as project_key,
        case
            when
                used_nanos <= 0
                and remaining_nanos = 0
                and expired_nanos = 0
                and withdrawn_nanos = 0
                then 1
            else remaining_nanos
        end as weight_nanos
    from grant_balance

    union all

    select
        policy,
        credit_grant_id,
        'expired' as use,
        null as project_key,
        expired_nanos as weight_nanos
    from grant_balance

    union all

    select
        policy,
        credit_grant_id,
        'withdrawn' as use,
        null as project_key,
        withdrawn_nanos as weight_nanos
    from grant_balance
)

select
    uses.policy,
    payments.charge_id,
    payments.topup_id,
    payments.amount_nanos,
    uses.use,
    uses.project_key,
    uses.weight_nanos
from payments
inner join uses on payments.credit_grant_id = uses.credit_grant_id
where uses.weight_nanos > 0
order by uses.policy, payments.charge_id, payments.topup_id;
