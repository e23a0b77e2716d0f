-- title:   Auto-recharge advice
-- summary: Other settings over the recorded use, a day's use drawn at its end; purchases by hand and free credit as recorded, the cap on recharges alone.
-- files:   payments cost
-- param:   org
-- column:  organization_id     text             Organization
-- column:  threshold           money(currency)  Threshold
-- column:  amount              money(currency)  Amount
-- column:  target              money(currency)  Target         wide
-- column:  cap                 money(currency)  Cap
-- column:  payments_per_month  text             Per_month
-- column:  payments            integer          Payments       wide
-- column:  paid                money(currency)  Paid           wide
-- column:  stop_out_days       integer          Stops
-- column:  capped_days         integer          Capped
-- column:  idle                money(currency)  Idle
-- column:  expired             money(currency)  Expired        wide
-- column:  is_current          integer          Current        data
-- column:  verdict             text             Verdict
-- column:  threshold_basis     text             Threshold_is   wide
-- column:  amount_basis        text             Amount_is      wide
-- column:  from                day              From           data
-- column:  until               day              Until          data
-- column:  days                integer          Days           data
-- column:  currency            text             Cur
-- evidence: topups balances
-- formats: table csv json xlsx html pdf
select
    organization_id,
    threshold_nanos as threshold,
    amount_nanos as amount,
    target_nanos as target,
    cap_nanos as cap,
    payments_per_month,
    payment_count as payments,
    payment_nanos as paid,
    stop_out_count as stop_out_days,
    capped_count as capped_days,
    idle_nanos as idle,
    expired_nanos as expired,
    is_current,
    verdict,
    threshold_basis,
    amount_basis,
    from_on as "from",
    until_on as "until",
    day_count as days,
    currency
from fct_recharge_choices
where :org is null or organization_id = :org
order by organization_id, currency, position;
