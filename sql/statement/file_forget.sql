-- Removes one reading; its rows elsewhere go with it.
delete from file where file_id = :file_id;
