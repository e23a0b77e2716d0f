-- Fills the temporary table of payments whose charge stands in another month, where one of the two is :month.
insert into temp.close_moved
select
    organization_id,
    id,
    charge_id,
    reference,
    paid_on,
    paid_nanos,
    currency,
    charged_on
from fct_timing_differences
where payment_month = :month or charge_month = :month;
