-- One row per top-up that gave credit and card charge that paid it, or a part of it.
--
-- grain    topup, charge
-- reads    credit_grant, topup, link, link_part, charge, account, organization
-- read by  statement/books_charges
--
-- A charge counts where the pair is settled; one that is only suggested or ambiguous pays nothing yet.
-- paid_nanos is what it paid of the top-up, in the top-up's currency. Of a charge that paid several,
-- amount and fee are this top-up's parts. variance_nanos: see link; 0 where there are parts.
create view fct_payment_charges as
with sure_links as (
    select *
    from link
    where
        leg = 'card'
        and charge_id is not null
        and state in ('confirmed', 'interchangeable', 'accepted', 'settled')
),

parts as (
    select
        link_part.topup_id,
        link_part.charge_id,
        link_part.amount_nanos,
        link_part.fee_nanos,
        link_part.paid_nanos,
        0 as variance_nanos
    from link_part
    inner join sure_links on link_part.topup_id = sure_links.topup_id

    union all

    select
        sure_links.topup_id,
        sure_links.charge_id,
        charge.amount_nanos,
        charge.fee_nanos,
        topup.total_nanos as paid_nanos,
        sure_links.variance_nanos
    from sure_links
    inner join charge on sure_links.charge_id = charge.charge_id
    inner join topup on sure_links.topup_id = topup.topup_id
    where sure_links.topup_id not in (select topup_id from link_part)
)

select
    organization.organization_id,
    topup.credit_currency,
    topup.paid_on,
    topup.id as topup_id,
    account.account,
    charge.dated_on,
    parts.amount_nanos,
    charge.currency,
    parts.fee_nanos,
    charge.fee_currency,
    parts.paid_nanos,
    parts.variance_nanos,
    charge.id
from parts
inner join credit_grant on parts.topup_id = credit_grant.topup_id
inner join topup on parts.topup_id = topup.topup_id
inner join charge on parts.charge_id = charge.charge_id
inner join account on charge.account_id = account.account_id
inner join organization on topup.organization_key = organization.organization_key;
