-- One row per receipt: the row that counts, in the order of the ids.
select
    receipt_row_id as row_id,
    '' as owner,
    identity,
    fact_occurrence,
    reference,
    null as dated_at,
    null as revision_count
from temp.receipt_revision
where revision_rank = 1
order by paid_from, identity, fact_occurrence;
