-- One row per sum that is allocated; those that are split by the same use stand together.
select
    int_allocated_totals.policy,
    int_allocated_totals.organization_key,
    int_allocated_totals.month,
    int_allocated_totals.kind,
    int_allocated_totals.currency,
    int_allocated_totals.use_currency,
    int_allocated_totals.amount_nanos
from int_allocated_totals
inner join organization
    on int_allocated_totals.organization_key = organization.organization_key
where int_allocated_totals.amount_nanos <> 0
order by
    organization.organization_id,
    int_allocated_totals.month,
    int_allocated_totals.use_currency,
    int_allocated_totals.kind,
    int_allocated_totals.currency,
    int_allocated_totals.policy;
