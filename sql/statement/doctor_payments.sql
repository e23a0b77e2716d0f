-- One row per organization whose latest attempts to pay failed or are pending, with none paid since: the
-- last of them. Where credit is left, a failed one counts for two weeks, and a pending one not at all.
with payments as (
    select *
    from topup
    where wallet not in ('chatgpt', 'credits')
),

paid as (
    select
        organization_key,
        max(paid_at) as paid_at,
        max(paid_on) as paid_on
    from payments
    where status in ('paid', 'refunded')
    group by organization_key
),

attempts as (
    select
        payments.*,
        paid.paid_on as last_paid_on,
        count(*) over (partition by payments.organization_key) as attempt_count,
        row_number() over (
            partition by payments.organization_key
            order by payments.paid_at desc, payments.topup_id desc
        ) as place
    from payments
    left join paid on payments.organization_key = paid.organization_key
    where
        payments.status in ('failed', 'pending')
        and (paid.paid_at is null or payments.paid_at > paid.paid_at)
)

select
    attempts.organization_key,
    organization.organization_id,
    attempts.status,
    attempts.paid_on,
    attempts.total_nanos,
    attempts.currency,
    attempts.attempt_count,
    attempts.last_paid_on,
    attempts.reference,
    attempts.file_id,
    attempts.line,
    attempts.id
from attempts
inner join organization on attempts.organization_key = organization.organization_key
inner join calendar as attempted on attempts.paid_on = attempted.day
left join int_standings as standings
    on
        attempts.organization_key = standings.organization_key
        and attempts.credit_currency = standings.currency
        and standings.is_known = 1
left join calendar as reached on standings.last_on = reached.day
where
    attempts.place = 1
    and (
        standings.organization_key is null
        or standings.left_nanos <= 0
        or (attempts.status = 'failed' and attempted.day_number >= reached.day_number - 14)
    )
order by organization.organization_id;
