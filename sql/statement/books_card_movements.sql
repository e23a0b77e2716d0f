-- One row per card charge or credit of the API that pays for no known top-up; of one organization where :org is stated.
select
    organization_id,
    dated_on,
    account,
    amount_nanos,
    currency,
    coalesce(original_nanos, 0) as original_nanos,
    original_currency,
    fee_nanos,
    fee_currency,
    descriptor,
    reference,
    topup_id,
    id
from fct_card_movements
where :org is null or organization_id = :org
order by dated_on, id;
