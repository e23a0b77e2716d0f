-- One row per top-up and what is known to have paid it, or to have tried: a card, and its owner.
--
-- grain    topup_id, payer
-- reads    topup, link, charge, account
-- read by  statement/wallet_wrong_organizations
--
-- A card is known from the payment itself or from the charge that it was matched
-- to; an owner is whom the accounts table names for a card.
create view int_topup_payers as
with cards as (
    select
        topup_id,
        card_last4
    from topup
    where card_last4 <> ''

    union all

    select
        link.topup_id,
        charge.card_last4
    from link
    inner join charge on link.charge_id = charge.charge_id
    inner join topup on link.topup_id = topup.topup_id
    where
        link.leg = 'card'
        and link.state in ('confirmed', 'interchangeable', 'accepted', 'settled')
        and charge.card_last4 <> ''
        and charge.card_last4 <> topup.card_last4
)

select
    topup_id,
    'card ' || card_last4 as payer
from cards

union all

select distinct
    cards.topup_id,
    'a card of ' || account.owner as payer
from cards
inner join account on cards.card_last4 = account.card_last4
where account.owner <> '';
