-- The readings of these bytes, of this card where the file's name says which.
select
    file_id,
    name,
    format_digest = :format_digest and options = :options as is_same_reading
from file
where sha256 = :sha256 and account_hint = :account_hint
order by is_same_reading desc, file_id;
