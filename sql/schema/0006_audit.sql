-- ---------------------------------------------------------------------------------------------------
-- The log of what was done to the ledger

-- One row per act that changed the ledger, in their order. Each holds the digest of the one before it.
create table audit (
    audit_id integer primary key,  -- 1, 2, 3, … without a gap
    done_at integer not null,  -- wall clock
    actor text not null,  -- who did it: --by, else the system's user
    action text not null,  -- 'import', 'forget', 'observe', …
    subject text not null,  -- what it was done to: a file's name, a fact's id, a month
    detail text not null,  -- 'name=value' a line: what the act stated and what it made of it
    previous text not null,  -- hash of the row before, 64 zeros for the first
    hash text not null  -- SHA-256 of the other columns, each as its length in bytes, ':' and its text
) strict;

create trigger audit_keeps_its_rows before delete on audit
begin
    select raise(abort, 'the audit log is append-only');
end;

create trigger audit_never_changes before update on audit
begin
    select raise(abort, 'the audit log is append-only');
end;
