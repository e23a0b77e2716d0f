-- One row per currency and kind of credit ('expired', 'forecast') of which the burn policies let another
-- amount expire in some month, of one organization where :org is stated: the amounts of those months.
select
    currency,
    kind,
    sum(free_first_nanos) as free_first_nanos,
    sum(expiry_first_nanos) as expiry_first_nanos
from fct_burn_policies
where :org is null or organization_id = :org
group by currency, kind
order by currency, kind;
