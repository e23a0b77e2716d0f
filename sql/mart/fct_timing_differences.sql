-- One row per pair of a payment and a charge that are both right and of different months.
--
-- grain    topup, charge
-- reads    topup, link, link_part, charge, organization, file
-- read by  reports/timing-differences
--
-- A payment's month is that of its instant in UTC, a charge's that of its posting, else of its purchase, as
-- printed: the month in whose statement it stands. The amount is the part of the payment that the charge paid.
create view fct_timing_differences as
with pairs as (
    select
        link.topup_id,
        link.charge_id,
        topup.total_nanos as paid_nanos
    from link
    inner join topup on link.topup_id = topup.topup_id
    left join link_part on link.topup_id = link_part.topup_id
    where
        link.leg = 'card'
        and link.state in ('confirmed', 'interchangeable', 'accepted')
        and link_part.topup_id is null
    union all
    select
        link_part.topup_id,
        link_part.charge_id,
        link_part.paid_nanos
    from link_part
    inner join link on link_part.topup_id = link.topup_id
    where
        link.leg = 'card'
        and link.state in ('confirmed', 'interchangeable', 'accepted')
)

select
    organization.organization_id,
    topup.paid_on,
    substr(topup.paid_on, 1, 7) as payment_month,
    coalesce(charge.posted_on, charge.dated_on) as charged_on,
    substr(coalesce(charge.posted_on, charge.dated_on), 1, 7) as charge_month,
    topup.reference,
    pairs.paid_nanos,
    topup.currency,
    file.name as card_source,
    charge.line as card_line,
    charge.id as charge_id,
    topup.id
from pairs
inner join topup on pairs.topup_id = topup.topup_id
inner join charge on pairs.charge_id = charge.charge_id
inner join file on charge.file_id = file.file_id
inner join organization on topup.organization_key = organization.organization_key
where
    substr(topup.paid_on, 1, 7)
    <> substr(coalesce(charge.posted_on, charge.dated_on), 1, 7);
