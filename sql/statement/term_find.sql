-- The id of one term by its text.
select term_id from term where text = :text;
