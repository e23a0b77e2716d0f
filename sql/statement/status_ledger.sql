-- One row: what the ledger holds as a whole, and the last day that anything covers.
select
    (select count(*) from file) as file_count,
    (select count(*) from organization_fact) as organization_count,
    (select max(cost_until) from organization_fact) as cost_until;
