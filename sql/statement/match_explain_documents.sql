-- One row per document of a receipt, the one that counts first.
select
    case receipt_document.document
        when 'row' then 'row of a table'
        else receipt_document.document
    end as what,
    file.name || ':' || receipt_document.line as source,
    file.sha256
from receipt_document
inner join file on receipt_document.file_id = file.file_id
where receipt_document.receipt_id = :fact_id
order by receipt_document.position;
