-- One row: whether any charge of the card, and how many that an excerpt tells.
select
    exists (select 1 from source.charge where card_last4 = :card) as is_known,
    (select count(*) from scope_charge) as charge_count;
