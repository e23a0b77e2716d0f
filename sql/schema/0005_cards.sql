-- ---------------------------------------------------------------------------------------------------
-- Card rows that make one movement together

alter table card_row add column is_leg integer not null default 0;  -- 1: one of several rows of an id that make one movement (join)
alter table card_row add column is_fee integer not null default 0;  -- 1: the fee of the row with the same id (fee-if)

-- One row per row of a card statement: the charge that it belongs to. A charge's rows are its history.
create table charge_row (
    card_row_id integer primary key references card_row,
    charge_id integer not null references charge,
    role text not null,  -- 'posted', 'pending', 'dead', 'leg', 'fee', 'authorization', 'reversal'
    is_counted integer not null,  -- 1: its amount is in the charge's; 0: told before, or again by another statement
    note text not null  -- a sentence, or ''
) strict;

create index charge_row_charge on charge_row (charge_id);

-- One row per authorization that was reversed and charged again: neither it nor its reversal is a payment.
create table charge_reversal (
    reversal_charge_id integer primary key references charge,
    charge_id integer not null unique references charge,  -- the authorization
    recapture_charge_id integer not null references charge  -- the true charge
) strict;

-- What follows from card rows that are there already is derived anew.
insert into meta (name, value)
select 'stale', '1'
where exists (select 1 from card_row)
on conflict (name) do update set value = excluded.value;
