-- title:   Expiring credits
-- summary: Every grant with credit left, when it expires, and what will expire unused at the present burn.
-- files:   payments
-- param:   org as-of policy
-- column:  organization_id  text             Organization
-- column:  reference        text             Reference
-- column:  expires_at       instant          Expires_(UTC)
-- column:  remaining        money(currency)  Remaining      total
-- column:  forecast_unused  money(currency)  Unused         total
-- column:  horizon          text             Within
-- column:  currency         text             Cur
-- column:  id               text             Id             wide
-- evidence: grants
-- formats: table csv json xlsx html pdf
select
    organization_id,
    reference,
    expires_at,
    remaining_nanos as remaining,
    forecast_unused_nanos as forecast_unused,
    case
        when expires_number < :as_of_number then 'passed'
        when expires_number - :as_of_number < 30 then '30 days'
        when expires_number - :as_of_number < 60 then '60 days'
        when expires_number - :as_of_number < 90 then '90 days'
        else 'later'
    end as horizon,
    currency,
    id
from fct_grants
where
    policy = :policy
    and remaining_nanos > 0
    and expires_at is not null
    and (:org is null or organization_id = :org)
order by organization_id, expires_at, reference, id;
