-- One row per paid top-up that its organization had no use for and organization of the same payer
-- that was out of credit then: the one that was shortest first.
--
-- reads    topup, int_topup_payers, cost_day, balance_day, invoiced_day, organization,
--          organization_fact, calendar
-- read by  src/wallet/organization.c
--
-- No use: its cost is known from the day of payment to 14 days later, and on none of the 28 days
-- before and the 14 after did it use anything. Out of credit: not above zero at the end of the day of
-- payment and of the two after it, so that its own recharge did not come either, though it had used
-- something in the 28 days up to it. Both by the balances of the policy free-first; every policy
-- agrees on whether a balance is above zero but for what expires.
with idle as (
    select
        topup.topup_id,
        topup.id,
        topup.organization_key,
        topup.paid_on,
        topup.credit_nanos,
        topup.credit_currency,
        topup.reference,
        topup.file_id,
        topup.line,
        calendar.day_number,
        organization_fact.cost_from,
        coalesce(before.day, organization_fact.cost_from) as window_from,
        after.day as window_until
    from topup
    inner join organization_fact on topup.organization_key = organization_fact.organization_key
    inner join calendar on topup.paid_on = calendar.day
    inner join calendar as after on calendar.day_number + 14 = after.day_number
    left join calendar as before on calendar.day_number - 28 = before.day_number
    left join invoiced_day
        on
            topup.organization_key = invoiced_day.organization_key
            and topup.paid_on = invoiced_day.day
    where
        topup.status = 'paid'
        and invoiced_day.day is null
        and topup.wallet = 'api'
        and organization_fact.cost_from <= topup.paid_on
        and organization_fact.cost_until >= after.day
        and not exists (
            select 1
            from cost_day
            where
                cost_day.organization_key = topup.organization_key
                and cost_day.day >= coalesce(before.day, organization_fact.cost_from)
                and cost_day.day <= after.day
                and cost_day.cost_nanos <> 0
        )
),

payers as (
    select
        topup.organization_key,
        int_topup_payers.payer
    from int_topup_payers
    inner join topup on int_topup_payers.topup_id = topup.topup_id
    group by topup.organization_key, int_topup_payers.payer
),

shared as (
    select
        idle.topup_id,
        payers.organization_key as other_key,
        max(payers.payer) as payer -- 'card …' before 'a card of …'
    from idle
    -- In this order: few payments, if any, are idle.
    cross join int_topup_payers
    cross join payers
    where
        idle.topup_id = int_topup_payers.topup_id
        and int_topup_payers.payer = payers.payer
        and idle.organization_key <> payers.organization_key
    group by idle.topup_id, payers.organization_key
),

others as (
    select
        idle.topup_id,
        shared.other_key,
        shared.payer,
        max(
            case
                when balance_day.day = idle.paid_on
                    then
                        balance_day.paid_nanos + balance_day.free_nanos
                        - balance_day.overdraft_nanos
            end
        ) as balance_nanos,
        sum(
            case
                when
                    calendar.day_number between idle.day_number and idle.day_number + 2
                    and balance_day.paid_nanos + balance_day.free_nanos
                    <= balance_day.overdraft_nanos
                    then 1
                else 0
            end
        ) as empty_days,
        sum(
            case when balance_day.day <= idle.paid_on then balance_day.usage_nanos else 0 end
        ) as used_before_nanos,
        sum(
            case when balance_day.day > idle.paid_on then balance_day.usage_nanos else 0 end
        ) as used_after_nanos
    from idle
    inner join shared on idle.topup_id = shared.topup_id
    inner join balance_day
        on
            balance_day.policy = 'free-first'
            and balance_day.organization_key = shared.other_key
            and balance_day.currency = idle.credit_currency
            and balance_day.day >= idle.window_from
            and balance_day.day <= idle.window_until
    inner join calendar on balance_day.day = calendar.day
    where calendar.day_number > idle.day_number - 28
    group by idle.topup_id, shared.other_key, shared.payer
)

select
    idle.topup_id,
    idle.organization_key,
    organization.organization_id,
    other.organization_id as other_organization_id,
    others.payer,
    idle.paid_on,
    idle.credit_nanos,
    idle.credit_currency,
    idle.reference,
    idle.file_id,
    idle.line,
    max(idle.window_from, idle.cost_from) as idle_from,
    idle.window_until as idle_until,
    coalesce((
        select balance_day.paid_nanos + balance_day.free_nanos - balance_day.overdraft_nanos
        from balance_day
        where
            balance_day.policy = 'free-first'
            and balance_day.organization_key = idle.organization_key
            and balance_day.currency = idle.credit_currency
            and balance_day.day < idle.paid_on
        order by balance_day.day desc
        limit 1
    ), 0) as balance_before_nanos,
    others.balance_nanos as other_balance_nanos,
    (
        select min(balance_day.day)
        from balance_day
        where
            balance_day.policy = 'free-first'
            and balance_day.organization_key = others.other_key
            and balance_day.currency = idle.credit_currency
            and balance_day.day > coalesce((
                select max(above.day)
                from balance_day as above
                where
                    above.policy = 'free-first'
                    and above.organization_key = others.other_key
                    and above.currency = idle.credit_currency
                    and above.day < idle.paid_on
                    and above.paid_nanos + above.free_nanos > above.overdraft_nanos
            ), '')
    ) as other_since,
    (
        select max(balance_day.day)
        from balance_day
        where
            balance_day.policy = 'free-first'
            and balance_day.organization_key = others.other_key
            and balance_day.currency = idle.credit_currency
            and balance_day.day < (
                select min(above.day)
                from balance_day as above
                where
                    above.policy = 'free-first'
                    and above.organization_key = others.other_key
                    and above.currency = idle.credit_currency
                    and above.day > idle.paid_on
                    and above.paid_nanos + above.free_nanos > above.overdraft_nanos
            )
    ) as other_until,
    others.used_before_nanos,
    others.used_after_nanos,
    idle.id
from idle
inner join others on idle.topup_id = others.topup_id
inner join organization on idle.organization_key = organization.organization_key
inner join organization as other on others.other_key = other.organization_key
where others.empty_days = 3 and others.used_before_nanos > 0
order by idle.topup_id, others.balance_nanos, other.organization_id;
