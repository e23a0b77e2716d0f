-- ---------------------------------------------------------------------------------------------------
-- What people decided

-- One row per decision, in the order in which they were made. A decision is a fact: nothing changes it, a later one ends it.
create table decision (
    decision_id integer primary key,  -- 1, 2, 3, … without a gap
    id text not null unique,  -- 'd' and the number
    verb text not null,  -- 'accept', 'reject', 'settle', 'adjust', 'undo'
    leg text not null,  -- of the top-up that it is about: 'receipt' or 'card'; '' where it is about no leg
    amount_nanos integer not null,  -- adjust: the variance; accept: what the others are above the top-up's total when accepted
    currency text not null,  -- of the amount; '' where there is none
    cause text not null,  -- adjust: its name, 'bank fee'; else ''
    why text not null,  -- as stated, or ''
    decided_by text not null,  -- --by, else the system's user
    decided_at integer not null  -- wall clock
) strict;

-- One row per fact that a decision names: the top-up first.
create table decision_fact (
    decision_id integer not null references decision,
    position integer not null,  -- 1, 2, …
    kind text not null,  -- 'topup', 'receipt', 'charge', 'exception'
    id text not null,  -- when it was decided
    primary key (decision_id, position)
) strict;

create index decision_fact_id on decision_fact (id);

-- One row per record of a file that told of a decided fact when it was decided: a charge's id may change when another
-- statement comes, and then these tell which charge was meant.
create table decision_source (
    decision_id integer not null,
    position integer not null,  -- of decision_fact
    rank integer not null,  -- 1: the record that stands for the fact
    sha256 text not null,  -- of the file
    line integer not null,
    primary key (decision_id, position, rank)
) strict;

create index decision_source_record on decision_source (sha256, line);

-- One row per decision that another one ended.
create table decision_end (
    decision_id integer primary key references decision,
    ended_by integer not null references decision,
    how text not null  -- 'superseded', 'taken back'
) strict;

create trigger decision_stays before delete on decision
begin
    select raise(abort, 'a decision is never deleted');
end;

create trigger decision_never_changes before update on decision
begin
    select raise(abort, 'a decision never changes');
end;

-- One row per decision and fact that it names: which fact of the ledger that is now. Derived by match.
create table decided_fact (
    decision_id integer not null references decision,
    position integer not null,
    fact_key integer,  -- topup_id, receipt_id or charge_id; null for an exception, or while the fact is not in the ledger
    id text not null,  -- the fact's id now; as decided while it is not in the ledger
    reference text not null,  -- the fact's, or ''
    primary key (decision_id, position)
) strict;

-- One row per decision: where it stands. Derived by match.
create table decision_state (
    decision_id integer primary key references decision,
    state text not null,  -- 'in force', 'superseded', 'taken back', 'waiting for its facts'
    ended_by text not null,  -- the id of the decision that superseded it or took it back, or ''
    ids text not null,  -- of its facts as they are now, blanks between
    refs text not null  -- their references likewise; '' of a fact that is not there
) strict;

-- One row per exception that is not raised because a person settled it. Derived by every room.
create table settled_exception (
    room text not null,
    code text not null,
    reference text not null,
    id text not null
) strict;

-- Records are found by file and line.
drop index card_row_file;
create index card_row_file on card_row (file_id, line);
