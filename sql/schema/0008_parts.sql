-- ---------------------------------------------------------------------------------------------------
-- Pairs that are not one to one, and what stands between a credit and what its card lost

-- One row per top-up and charge of a card leg that is not one to one: several charges that paid one top-up,
-- or one charge that paid several. All of the leg's charges stand here; link names the first. Derived by match.
create table link_part (
    topup_id integer not null references topup,
    charge_id integer not null references charge,
    amount_nanos integer not null,  -- of the charge's amount, in its currency: a charge's parts add up to it
    currency text not null,
    fee_nanos integer not null,  -- of the charge's fee, in its fee's currency
    paid_nanos integer not null,  -- of the top-up's total, in its currency: a top-up's parts add up to it
    paid_currency text not null,
    primary key (topup_id, charge_id)
) strict;

create index link_part_charge on link_part (charge_id);

alter table adjustment add column rate_nanos integer;  -- 1e-9: of a tax its share of the credit, of fx-margin the charge's currency per top-up's on that day; null for a fee
alter table adjustment add column source text not null default '';  -- what tells it: 'payment history', a receipt's id, 'receipts of this account', 'rates of 2026-03-02', the charge's id
alter table adjustment add column treatment text not null default 'cost';  -- 'recoverable', 'reverse-charge', 'cost': how books take it
alter table adjustment add column is_assumed integer not null default 0;  -- 1: the organizations table states no treatment of tax, and cost is assumed

alter table organization_row add column tax text not null default '';  -- 'recoverable', 'reverse-charge', 'cost', or '' not stated
alter table organization_fact add column tax text not null default '';  -- likewise, of its last covered day

-- What follows from payments that are there already is derived anew.
insert into meta (name, value)
select 'stale', '1'
where exists (select 1 from topup_row)
on conflict (name) do update set value = excluded.value;
