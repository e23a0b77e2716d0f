-- One row per payment whose charge stands in another month, where one of the two is :month.
select
    id,
    reference,
    paid_on,
    paid_nanos,
    currency,
    charged_on
from fct_timing_differences
where
    organization_id = :organization_id
    and (payment_month = :month or charge_month = :month)
order by paid_on, charged_on, id, charge_id;
