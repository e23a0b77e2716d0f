-- Every writing connection, before its first statement. Page size and journal hold from the file's birth.
-- The cache (in KiB) holds the indexes on ids, which are in no order: with less, each of their pages is
-- written many times over. What is deleted is overwritten: who forgets a file wants it gone.
pragma page_size = 8192;
pragma journal_mode = delete;
pragma synchronous = extra;
pragma foreign_keys = on;
pragma cell_size_check = on;
pragma temp_store = memory;
pragma cache_size = -131072;
pragma secure_delete = on;
