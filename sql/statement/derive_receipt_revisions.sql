-- Keeps stg_receipt_revisions while the receipts are derived, as derive_topup_revisions.
create temp table if not exists receipt_revision (
    receipt_row_id integer primary key,
    file_id integer not null,
    line integer not null,
    identity text not null,
    fact_occurrence integer not null,
    is_numbered integer not null,
    reference text not null,
    freshness integer not null,
    receipt_number text not null,
    invoice_number text not null,
    paid_on text not null,
    paid_from integer not null,
    subtotal_nanos integer,
    tax_nanos integer,
    total_nanos integer not null,
    currency text not null,
    is_paid integer not null,
    document text not null,
    is_document integer not null,
    revision_rank integer not null,
    document_count integer not null
);

create index if not exists temp.receipt_revision_identity
    on receipt_revision (identity, fact_occurrence);

delete from temp.receipt_revision;

insert into temp.receipt_revision
select
    receipt_row_id,
    file_id,
    line,
    identity,
    fact_occurrence,
    is_numbered,
    reference,
    freshness,
    receipt_number,
    invoice_number,
    paid_on,
    paid_from,
    subtotal_nanos,
    tax_nanos,
    total_nanos,
    currency,
    is_paid,
    document,
    is_document,
    revision_rank,
    document_count
from stg_receipt_revisions;
