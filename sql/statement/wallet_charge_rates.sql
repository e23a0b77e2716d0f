-- One row per charge of a wallet of ours, or that paid a top-up, in another currency than what it paid:
-- what it paid, and the rate where it is a day's; null: it is what the two amounts make.
--
-- reads    charge, int_charge_payments, topup, adjustment
-- read by  src/wallet/purpose.c
--
-- The statement's own original amount comes first; without one the top-up's total, where one charge
-- paid one top-up and it was held against the rates of a day.
with originals as (
    select
        charge_id,
        amount_nanos,
        original_nanos,
        original_currency,
        null as rate_nanos,
        'statement' as source
    from charge
    where
        wallet in ('api', 'chatgpt', 'credits')
        and coalesce(original_nanos, 0) > 0
        and amount_nanos > 0
        and original_currency <> ''
        and original_currency <> currency
),

totals as (
    select
        charge.charge_id,
        charge.amount_nanos,
        topup.total_nanos as original_nanos,
        topup.currency as original_currency,
        adjustment.rate_nanos,
        adjustment.source
    from int_charge_payments as payments
    inner join charge on payments.charge_id = charge.charge_id
    inner join topup on payments.topup_id = topup.topup_id
    inner join adjustment on payments.topup_id = adjustment.topup_id
    where
        payments.is_shared = 0
        and adjustment.cause = 'fx-margin'
        and adjustment.rate_nanos is not null
        and topup.currency <> charge.currency
        and topup.topup_id not in (select topup_id from link_part)
        and charge.charge_id not in (select originals.charge_id from originals)
)

select * from originals
union all
select * from totals
order by 1;
