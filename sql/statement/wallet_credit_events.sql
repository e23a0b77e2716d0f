-- One row per purchase of ChatGPT, Codex or Sora credits, charge for one, and day of a workspace's use.
--
-- reads    topup, receipt, charge, fct_credit_usage
-- read by  src/wallet/credits.c
--
-- kind: 0 a purchase as a document tells it (a payment, or a receipt of none of these), 1 a charge,
-- 2 use, whose nanos are credits.
with documents as (
    select
        paid_on as day,
        total_nanos - case
            when status = 'refunded' then coalesce(refunded_total_nanos, total_nanos)
            else coalesce(refunded_total_nanos, 0)
        end as nanos,
        currency,
        description,
        id
    from topup
    where wallet = 'credits' and status in ('paid', 'refunded')

    union all

    select
        receipt.paid_on as day,
        receipt.total_nanos as nanos,
        receipt.currency,
        receipt.description,
        receipt.id
    from receipt
    where
        receipt.wallet = 'credits'
        and receipt.is_paid = 1
        and not exists (
            select 1
            from topup
            where
                topup.wallet = 'credits'
                and (
                    (topup.invoice_number = receipt.invoice_number and topup.invoice_number <> '')
                    or (
                        topup.receipt_number = receipt.receipt_number and topup.receipt_number <> ''
                    )
                )
        )
)

select
    0 as kind,
    day,
    '' as account_id,
    nanos,
    currency,
    0 as original_nanos,
    '' as original_currency,
    description,
    id
from documents

union all

select
    1 as kind,
    dated_on as day,
    '' as account_id,
    amount_nanos as nanos,
    currency,
    coalesce(original_nanos, 0) as original_nanos,
    original_currency,
    '' as description,
    id
from charge
where wallet = 'credits' and state = 'posted'

union all

select
    2 as kind,
    day,
    account_id,
    sum(credits_nanos) as nanos,
    '' as currency,
    0 as original_nanos,
    '' as original_currency,
    '' as description,
    account_id as id
from fct_credit_usage
group by account_id, day
order by kind, day, id;
