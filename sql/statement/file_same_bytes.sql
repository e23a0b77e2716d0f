-- The readings of these bytes, of this card where the file's name says which. One that states no option
-- is the same as what was stated before: importing a folder again must not undo a correction.
-- (What was stated of an unknown statement is part of the format that it was read by.)
select
    file_id,
    name,
    options,
    (
        format_digest = :format_digest and (options = :options or :is_plain)
    ) or (
        :is_plain and :is_guess and format = :guess_name and options <> ''
    ) as is_same_reading,
    reject_count
from file
where sha256 = :sha256 and account_hint = :account_hint
order by is_same_reading desc, file_id;
