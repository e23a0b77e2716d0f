-- One row per organization, credit currency and choice of auto-recharge settings, beside the current one.
--
-- grain    organization_id, currency, position
-- reads    recharge_choice, organization
-- read by  reports/recharge-advice
--
-- verdict compares with the current settings: 'better in all' where no day more stops, no payment
-- more is made and no more money stands idle, and one of them is less.
create view fct_recharge_choices as
with current_choices as (
    select * from recharge_choice where is_current = 1
)

select
    organization.organization_id,
    recharge_choice.currency,
    recharge_choice.position,
    recharge_choice.threshold_basis,
    recharge_choice.amount_basis,
    recharge_choice.threshold_nanos,
    recharge_choice.amount_nanos,
    recharge_choice.target_nanos,
    recharge_choice.cap_nanos,
    recharge_choice.from_on,
    recharge_choice.until_on,
    recharge_choice.day_count,
    recharge_choice.payment_count,
    recharge_choice.payments_per_month,
    recharge_choice.payment_nanos,
    recharge_choice.stop_out_count,
    recharge_choice.capped_count,
    recharge_choice.idle_nanos,
    recharge_choice.expired_nanos,
    recharge_choice.is_current,
    case
        when recharge_choice.is_current = 1 then 'current'
        when
            recharge_choice.stop_out_count <= current_choices.stop_out_count
            and recharge_choice.payment_count <= current_choices.payment_count
            and recharge_choice.idle_nanos <= current_choices.idle_nanos
            and (
                recharge_choice.stop_out_count < current_choices.stop_out_count
                or recharge_choice.payment_count < current_choices.payment_count
                or recharge_choice.idle_nanos < current_choices.idle_nanos
            )
            then 'better in all'
        when recharge_choice.stop_out_count < current_choices.stop_out_count
            then 'fewer stops'
        when recharge_choice.stop_out_count > current_choices.stop_out_count
            then 'more stops'
        when recharge_choice.idle_nanos < current_choices.idle_nanos
            then 'less idle'
        when recharge_choice.payment_count < current_choices.payment_count
            then 'fewer payments'
        else ''
    end as verdict
from recharge_choice
inner join organization on recharge_choice.organization_key = organization.organization_key
inner join current_choices
    on recharge_choice.organization_key = current_choices.organization_key
    and recharge_choice.currency = current_choices.currency;
