-- Keeps stg_receipt_revisions while the receipts are derived, as derive_topup_revisions.
drop table if exists temp.receipt_revision;

create temp table receipt_revision as
select * from stg_receipt_revisions;

create unique index temp.receipt_revision_row on receipt_revision (receipt_row_id);

create index temp.receipt_revision_identity on receipt_revision (identity, fact_occurrence);
