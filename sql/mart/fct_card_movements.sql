-- One row per posted card charge, or credit, of the API that pays for no known top-up: what gave a top-up back, and what nothing explains.
--
-- grain    charge
-- reads    charge, account, link, link_part, refund_link, charge_reversal, topup, organization
-- read by  statement/books_card_movements
--
-- topup_id and organization_id are empty where no top-up is known. Neither an authorization that was
-- reversed and charged again nor its reversal is a payment.
create view fct_card_movements as
with sure_links as (
    select topup_id, charge_id
    from link
    where
        leg = 'card'
        and charge_id is not null
        and state in ('confirmed', 'interchangeable', 'accepted', 'settled')
),

paying as (
    select charge_id
    from sure_links

    union all

    select link_part.charge_id
    from link_part
    inner join sure_links on link_part.topup_id = sure_links.topup_id
),

reversals as (
    select charge_id
    from charge_reversal

    union all

    select reversal_charge_id as charge_id
    from charge_reversal
)

select
    coalesce(organization.organization_id, '') as organization_id,
    charge.dated_on,
    account.account,
    charge.amount_nanos,
    charge.currency,
    charge.original_nanos,
    charge.original_currency,
    charge.fee_nanos,
    charge.fee_currency,
    charge.descriptor,
    charge.reference,
    coalesce(topup.id, '') as topup_id,
    charge.id
from charge
inner join account on charge.account_id = account.account_id
left join refund_link on charge.charge_id = refund_link.refund_charge_id
left join topup
    on refund_link.topup_id = topup.topup_id
    and topup.wallet not in ('chatgpt', 'credits')
left join organization on topup.organization_key = organization.organization_key
where
    charge.state = 'posted'
    and (charge.wallet = 'api' or topup.topup_id is not null)
    and charge.charge_id not in (select charge_id from paying)
    and charge.charge_id not in (select charge_id from reversals);
