-- ---------------------------------------------------------------------------------------------------
-- What the money of a card charge was for, and what the check list of a close said

-- One row per burn policy, grant and project that used of it: the first use of a day is the grant that was drawn first, in the order of the projects. Derived by credit.
create table grant_use (
    policy text not null,
    credit_grant_id integer not null references credit_grant,
    project_key integer references project,  -- null: cost without a project, or an overdraft that no project caused
    used_nanos integer not null  -- negative where more was given back than used; a grant's add up to its used
) strict;

create index grant_use_grant on grant_use (policy, credit_grant_id);

-- One row per burn policy, card charge, use and project: what became of the credit that the charge paid. Derived by wallet.
create table charge_use (
    policy text not null,
    charge_id integer not null references charge,
    use text not null,  -- 'used', 'not used yet', 'expired', 'withdrawn'
    project_key integer references project,  -- of what was used; null: of no project
    share_ppm integer not null,  -- of the charge: a charge's add up to a million
    amount_nanos integer not null  -- of the charge, in its currency: a charge's add up to its amount
) strict;

create index charge_use_charge on charge_use (policy, charge_id);

-- One row per burn policy and card charge that has rows above, in words. Derived by wallet.
create table charge_purpose (
    policy text not null,
    charge_id integer not null references charge,
    projects text not null,  -- 'Support bot 62.5 %; not used yet 37.5 %', the largest first
    purposes text not null,  -- of these projects as the projects table has them, or ''
    unknown text not null,  -- the projects that the table has no purpose of, or ''
    primary key (policy, charge_id)
) strict;

-- One row per card charge in another currency than what it paid. Derived by wallet.
create table charge_rate (
    charge_id integer primary key references charge,
    original_nanos integer not null,  -- what it paid
    original_currency text not null,
    rate_nanos integer not null,  -- 1e-9 of the charge's currency for one of the original
    source text not null  -- 'statement', or the rates that it was held against: 'rates of 2026-03-02'
) strict;

-- What a line of a claim is for, where no project tells it: a subscription, or none.
alter table claim_row add column purpose text not null default '';  -- or ''

-- One row per line of the check list of a close, as it was signed. Of closes from before this table one row tells that.
create table closing_check (
    organization_id text not null,
    month text not null,
    sequence integer not null,
    position integer not null,  -- 1, 2, … in the order of the list
    code text not null,  -- '' of a close from before this table
    state text not null,  -- 'green', 'waived'; 'unknown' likewise
    finding text not null,
    primary key (organization_id, month, sequence, position)
) strict;

insert into closing_check (organization_id, month, sequence, position, code, state, finding)
select
    organization_id,
    month,
    sequence,
    1,
    '',
    'unknown',
    'it was closed before check lists were kept: its statement has the list'
from closing;

create trigger closing_check_keeps_its_rows before delete on closing_check
begin
    select raise(abort, 'closed months are kept');
end;

create trigger closing_check_never_changes before update on closing_check
begin
    select raise(abort, 'closed months are kept');
end;

-- What depends on more than the ledger, such as files beside it, is never kept: these two are always empty in
-- the file, and whoever shows them fills temporary tables of their names first.

-- One row per line of the check list of a month that does not stand closed, as it would be now.
create table close_check (
    organization_id text not null,
    month text not null,
    position integer not null,  -- 1, 2, … in the order of the list
    code text not null,
    state text not null,  -- 'green', 'red'
    finding text not null,
    next_action text not null,  -- or '' of a green one
    primary key (organization_id, month, position)
) strict;

-- One row per organization, month and credit currency: what is too little to matter.
create table close_materiality (
    organization_id text not null,
    month text not null,
    currency text not null,
    limit_nanos integer not null,
    rule text not null,  -- in words
    primary key (organization_id, month, currency)
) strict;

-- What follows from credits and charges that are there already is derived anew.
insert into meta (name, value)
select 'stale', '1'
where exists (select 1 from file)
on conflict (name) do update set value = excluded.value;
