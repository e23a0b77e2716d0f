-- title:   Expiry calendar by day
-- summary: What will expire on each day, and what of it unused at the mean daily burn of 28 days.
-- files:   payments
-- param:   org from until policy
-- column:  organization_id       text             Organization
-- column:  day                   day              Day
-- column:  grants                integer          Grants
-- column:  face                  money(currency)  Face         total
-- column:  remaining             money(currency)  Remaining    total
-- column:  forecast_unused       money(currency)  Unused       total
-- column:  cumulative_remaining  money(currency)  Remaining_to_date  wide
-- column:  cumulative_unused     money(currency)  Unused_to_date
-- column:  currency              text             Cur
-- chart:   bars x=day y=remaining,forecast_unused
-- evidence: expiring-credits
-- formats: table csv json xlsx html pdf
select
    organization_id,
    day,
    grant_count as grants,
    face_nanos as face,
    remaining_nanos as remaining,
    unused_nanos as forecast_unused,
    sum(remaining_nanos) over (
        partition by organization_id, currency order by day
    ) as cumulative_remaining,
    sum(unused_nanos) over (
        partition by organization_id, currency order by day
    ) as cumulative_unused,
    currency
from fct_expiries
where
    policy = :policy
    and day >= :from
    and day < :until
    and (:org is null or organization_id = :org)
order by organization_id, currency, day;
