-- One row per simulated choice of auto-recharge settings whose closing does not follow from its movements.
select
    organization.organization_id || ' ' || recharge_choice.currency || ': choice '
    || recharge_choice.position || ' of auto-recharge settings does not add up' as problem
from recharge_choice
inner join organization on recharge_choice.organization_key = organization.organization_key
where
    recharge_choice.closing_nanos
    <> recharge_choice.opening_nanos + recharge_choice.recorded_nanos
    + recharge_choice.payment_nanos - recharge_choice.usage_nanos
    - recharge_choice.expired_nanos + recharge_choice.adjustment_nanos
order by organization.organization_id, recharge_choice.currency, recharge_choice.position;
