-- The files that :file_id may correct, or that may correct it: read by the same format and options, one of
-- the two with rejects and the other without. A file with fewer facts corrects nothing.
with this as (
    select * from file
    where file_id = :file_id
)

select
    other.file_id,
    other.name,
    other.reject_count
from this
inner join file as other
    on
        other.format = this.format
        and other.options = this.options
        and other.file_id <> this.file_id
where
    (
        this.reject_count = 0
        and other.reject_count > 0
        and this.fact_count >= other.fact_count
    )
    or (
        this.reject_count > 0
        and other.reject_count = 0
        and other.fact_count >= this.fact_count
    )
order by other.name, other.sha256, other.format_digest;
