-- The charges of one card on the days from :from until before :until. What it paid to other merchants is nobody's business.
insert into scope_charge (charge_id)
select charge_id
from source.charge
where
    card_last4 = :card
    and dated_on >= :from
    and dated_on < :until
    and wallet <> 'other';
