-- Keeps the documents of each receipt, the one that counts first.
insert into receipt_document (receipt_id, file_id, line, document, position)
select
    receipt.receipt_id,
    documents.file_id,
    documents.line,
    documents.document,
    documents.revision_rank
from receipt
inner join temp.receipt_revision as counting
    on counting.receipt_row_id = receipt.receipt_row_id
inner join temp.receipt_revision as documents
    on
        documents.identity = counting.identity
        and documents.fact_occurrence = counting.fact_occurrence
order by receipt.receipt_id, documents.revision_rank;
