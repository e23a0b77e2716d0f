-- The charges of one card on the days from :from before :until that are AI spend, as `report reimbursement` has it: what else
-- the card paid is nobody's business. What gave them back, or what they gave back, belongs to them whenever it was.
with spent as (
    select charge_id
    from source.charge
    where
        card_last4 = :card
        and dated_on >= :from
        and dated_on < :until
        and (
            wallet in ('api', 'chatgpt', 'credits')
            or charge_id in (select charge_id from source.int_charge_payments)
        )
)

insert into scope_charge (charge_id)
select charge_id
from spent
union
select refund_link.refund_charge_id
from source.refund_link
inner join source.charge on refund_link.refund_charge_id = charge.charge_id
where refund_link.charge_id in (select charge_id from spent) and charge.card_last4 = :card
union
select refund_link.charge_id
from source.refund_link
inner join source.charge on refund_link.charge_id = charge.charge_id
where refund_link.refund_charge_id in (select charge_id from spent) and charge.card_last4 = :card;
