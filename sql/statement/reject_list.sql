-- One row per rejected record, in the order of files and lines.
select
    file.name,
    file.sha256,
    reject.line,
    reject.problem,
    reject.text
from reject
inner join file on reject.file_id = file.file_id
order by
    file.name,
    file.sha256,
    file.format_digest,
    file.options,
    reject.line,
    reject.problem,
    reject.reject_id;
