-- ---------------------------------------------------------------------------------------------------
-- Auto-recharge: the user's table of settings, and what credit derives of purchases and openings

-- One row per row of the recharge table: what the console was set to, and when.
create table recharge_row (
    file_id integer not null references file on delete cascade,
    line integer not null,
    organization_key integer not null references organization,
    from_on text,  -- first day that the row holds; null: always
    until_on text,  -- last day, inclusive; null: since then
    threshold_nanos integer not null,  -- recharge when the balance comes down to this
    amount_nanos integer,  -- credit bought each time; null: up to the target
    target_nanos integer,  -- balance to come back up to; null: by the amount
    cap_nanos integer,  -- most that is recharged in a month; null: no cap
    currency text not null
) strict;

create index recharge_row_file on recharge_row (file_id);

-- One row per organization, currency and UTC month with a purchase. Amounts are credit, before tax.
create table recharge_month (
    organization_key integer not null references organization,
    currency text not null,
    month text not null,
    automatic_count integer not null,
    automatic_nanos integer not null,
    manual_count integer not null,
    manual_nanos integer not null,
    unstated_count integer not null,  -- purchases whose file does not tell which they are
    unstated_nanos integer not null,
    cap_nanos integer,  -- stated, of the month's last automatic purchase, else of its last day; null: none
    cap_state text not null,  -- 'kept', 'broken', 'broken with manual' (only if purchases by hand count too), '' no cap stated
    threshold_nanos integer,  -- likewise; null: neither stated nor to be inferred
    threshold_basis text not null,  -- 'stated', 'inferred' (at least), ''
    suspect_count integer not null,  -- recharges that came while the balance stood above every earlier threshold
    suspect_nanos integer not null,
    explanation text not null,  -- sentences on the cap and on suspects, or ''
    primary key (organization_key, currency, month)
) strict;

-- One row per organization, currency and choice of settings: what it would have done to the recorded use.
-- opening + recorded + payments - usage - expired + adjustment = closing.
create table recharge_choice (
    organization_key integer not null references organization,
    currency text not null,
    position integer not null,  -- 1 is the current one
    threshold_basis text not null,  -- 'stated', 'inferred', '3 days of use', 'the largest day''s use', …
    amount_basis text not null,  -- likewise
    threshold_nanos integer not null,
    amount_nanos integer,
    target_nanos integer,
    cap_nanos integer,
    is_current integer not null,
    from_on text not null,  -- days simulated
    until_on text not null,  -- inclusive
    day_count integer not null,
    opening_nanos integer not null,
    recorded_nanos integer not null,  -- what came in as recorded: bought by hand, given
    payment_count integer not null,
    payment_nanos integer not null,
    payments_per_month text not null,  -- of 30 days, one decimal
    usage_nanos integer not null,
    expired_nanos integer not null,
    adjustment_nanos integer not null,  -- what a day that gave back could return to no credit
    closing_nanos integer not null,
    stop_out_count integer not null,  -- days whose use brought the balance to zero or below before a recharge
    capped_count integer not null,  -- days on which the cap kept a recharge back
    idle_nanos integer not null,  -- mean balance at the day's end, days below zero as zero
    primary key (organization_key, currency, position)
) strict;

-- One row per organization and currency that is burned down: whether it is known what stood before its first day.
create table opening (
    organization_key integer not null references organization,
    currency text not null,
    first_on text not null,  -- the first day
    evidence text not null,  -- 'opening grant', 'balance seen', 'first invoice'; '' none, assumed zero
    reference text not null,  -- grant id, invoice number, or the instant of the balance; ''
    primary key (organization_key, currency)
) strict;

alter table grant_balance add column expired_low_nanos integer not null default 0;  -- had the use of the day of expiry come before its hour
alter table forecast add column day_count integer not null default 0;  -- days that the mean is of, at most 28
alter table balance_check add column since_on text;  -- UTC day of the first of the consecutive observations with a rest of this sign; null when it ties out
alter table balance_check add column prior_at integer;  -- instant of the observation before that one; null: there is none

-- What follows from credits that are there already is derived anew.
insert into meta (name, value)
select 'stale', '1'
where exists (select 1 from credit_grant) or exists (select 1 from balance_day)
on conflict (name) do update set value = excluded.value;
