-- Keeps stg_topup_revisions while the payments are derived: it ranks every row there is, and several statements ask.
create temp table if not exists topup_revision (
    topup_row_id integer primary key,
    file_id integer not null,
    line integer not null,
    organization_key integer not null,
    identity text not null,
    fact_occurrence integer not null,
    reference text not null,
    freshness integer not null,
    progress integer not null,
    paid_at integer not null,
    credit_nanos integer not null,
    tax_nanos integer,
    total_nanos integer not null,
    currency text not null,
    revision_rank integer not null,
    revision_count integer not null
);

delete from temp.topup_revision;

insert into temp.topup_revision
select
    topup_row_id,
    file_id,
    line,
    organization_key,
    identity,
    fact_occurrence,
    reference,
    freshness,
    progress,
    paid_at,
    credit_nanos,
    tax_nanos,
    total_nanos,
    currency,
    revision_rank,
    revision_count
from stg_topup_revisions;
