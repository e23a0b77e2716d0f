-- ---------------------------------------------------------------------------------------------------
-- What is paid beside usage, allocated to projects (src/wallet)

-- One row per organization, month, kind, currency and project with a part of what was paid beside its usage. An allocation by use, which no file states. Derived by wallet.
create table allocation_month (
    policy text not null,  -- of what expired; '' where burn order plays no part
    organization_key integer not null references organization,
    month text not null,  -- of the payment, or of the expiry
    kind text not null,  -- 'tax', 'card-fee', 'fx-margin', what a person called it; or 'expired'
    currency text not null,
    use_currency text not null,  -- of the credit, and of the use that it is split by
    project_key integer references project,  -- null: cost without a project, or unallocated
    amount_nanos integer not null,  -- in whole cents, but for what is below a cent in all; those of a kind add up to it
    basis text not null  -- 'use of 2026-10', 'use of 28 days to 2026-09-28', 'unallocated'
) strict;

-- Ledgers from before this table get theirs.
insert into meta (name, value)
select 'stale', '1'
where exists (select 1 from file)
on conflict (name) do update set value = excluded.value;
