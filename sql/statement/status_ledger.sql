-- One row: what the ledger holds as a whole, the last day that anything covers, and records set aside.
select
    (select count(*) from file) as file_count,
    (select count(*) from organization_fact) as organization_count,
    (select max(cost_until) from organization_fact) as cost_until,
    (select coalesce(sum(reject_count), 0) from file) as reject_count,
    (select count(*) from file where reject_count > 0) as reject_files;
