-- One row per payment of an organization whose charge stands in another month. Reads what close_gather_moved left.
select
    id,
    reference,
    paid_on,
    paid_nanos,
    currency,
    charged_on
from temp.close_moved
where organization_id = :organization_id
order by paid_on, charged_on, id, charge_id;
