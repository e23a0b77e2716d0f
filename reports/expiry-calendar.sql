-- title:   Expiry calendar
-- summary: What will expire in each month, and what of it unused at the mean daily burn of 28 days.
-- files:   payments
-- by:      month
-- param:   org from until policy
-- column:  organization_id       text             Organization
-- column:  month                 month            Month
-- column:  grants                integer          Grants
-- column:  face                  money(currency)  Face         total
-- column:  remaining             money(currency)  Remaining    total
-- column:  forecast_unused       money(currency)  Unused       total
-- column:  cumulative_remaining  money(currency)  Remaining_to_date  wide
-- column:  cumulative_unused     money(currency)  Unused_to_date
-- column:  currency              text             Cur
-- chart:   bars x=month y=remaining,forecast_unused
-- evidence: expiry-calendar.day
-- formats: table csv json xlsx html pdf
with months as (
    select
        organization_id,
        currency,
        month,
        sum(grant_count) as grants,
        sum(face_nanos) as face,
        sum(remaining_nanos) as remaining,
        sum(unused_nanos) as unused
    from fct_expiries
    where
        policy = :policy
        and day >= :from
        and day < :until
        and (:org is null or organization_id = :org)
    group by organization_id, currency, month
)

select
    organization_id,
    month,
    grants,
    face,
    remaining,
    unused as forecast_unused,
    sum(remaining) over (
        partition by organization_id, currency order by month
    ) as cumulative_remaining,
    sum(unused) over (
        partition by organization_id, currency order by month
    ) as cumulative_unused,
    currency
from months
order by organization_id, currency, month;
