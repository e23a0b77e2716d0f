-- ---------------------------------------------------------------------------------------------------
-- Closed months: what was signed. Never emptied, never changed, and keyed by names alone.

-- One row per close of an organization's month. The newest of a month stands unless it was reopened.
create table closing (
    organization_id text not null,
    month text not null,  -- 'YYYY-MM'
    sequence integer not null,  -- 1: the first close of the month, 2: the one after it was reopened, …
    next_month text not null,  -- whose opening this is
    policy text not null,  -- burn policy of the figures
    prepared_by text not null,
    reviewed_by text not null,  -- or '': nobody
    statement text not null,  -- what was printed and signed
    statement_sha256 text not null,
    contents_sha256 text not null,  -- of the columns above but the statement, and of this close's rows below
    audit_id integer not null,  -- the row of the log that records it
    primary key (organization_id, month, sequence)
) strict;

-- One row per fact that a close covers, as it was then.
create table closing_fact (
    organization_id text not null,
    month text not null,
    sequence integer not null,
    kind text not null,  -- 'rollforward', 'cost', 'topup', 'pair'
    id text not null,  -- a figure's name, a project's id ('' none), a top-up's id, a top-up's id and leg
    currency text not null,
    amount_nanos integer not null,
    text text not null,  -- what else is covered: a top-up's total, a pair's other side ('' where any is as good)
    source text not null,  -- names of the files behind it, or ''
    primary key (organization_id, month, sequence, kind, id, currency)
) strict;

-- One row per check that was not met and passed over for a reason.
create table closing_waiver (
    organization_id text not null,
    month text not null,
    sequence integer not null,
    code text not null,  -- the check's
    reason text not null,
    primary key (organization_id, month, sequence, code)
) strict;

-- One row per close that was taken back.
create table reopening (
    organization_id text not null,
    month text not null,
    sequence integer not null,
    reason text not null,
    audit_id integer not null,  -- the row of the log that records it
    primary key (organization_id, month, sequence)
) strict;

create trigger closing_keeps_its_rows before delete on closing
begin
    select raise(abort, 'closed months are kept');
end;

create trigger closing_never_changes before update on closing
begin
    select raise(abort, 'closed months are kept');
end;

create trigger closing_fact_keeps_its_rows before delete on closing_fact
begin
    select raise(abort, 'closed months are kept');
end;

create trigger closing_fact_never_changes before update on closing_fact
begin
    select raise(abort, 'closed months are kept');
end;

create trigger closing_waiver_keeps_its_rows before delete on closing_waiver
begin
    select raise(abort, 'closed months are kept');
end;

create trigger closing_waiver_never_changes before update on closing_waiver
begin
    select raise(abort, 'closed months are kept');
end;

create trigger reopening_keeps_its_rows before delete on reopening
begin
    select raise(abort, 'closed months are kept');
end;

create trigger reopening_never_changes before update on reopening
begin
    select raise(abort, 'closed months are kept');
end;

-- One row per covered fact that is no longer as it was signed. Derived by the close room's refresh: a standing
-- close with a row here is suspended.
create table closing_change (
    organization_id text not null,
    month text not null,
    sequence integer not null,
    kind text not null,  -- as closing_fact
    id text not null,
    currency text not null,
    before_nanos integer,  -- as signed; null: it was not there
    after_nanos integer,  -- as it is now; null: it is not there
    before_source text not null,
    after_source text not null,
    primary key (organization_id, month, kind, id, currency)
) strict;
