-- One row: what the ledger copy holds, and by what program of SQLite it was written.
select
    (select count(*) from file) as file_count,
    (select count(*) from organization) as organization_count,
    (select count(*) from cost) as cost_count,
    (select count(*) from usage) as usage_count,
    (select count(*) from topup) as topup_count,
    (select count(*) from receipt) as receipt_count,
    (select count(*) from charge) as charge_count,
    (select count(*) from audit) as audit_count,
    sqlite_version() as sqlite_version;
