-- Every writing connection, before its first statement. Page size and journal hold from the file's birth.
pragma page_size = 8192;
pragma journal_mode = delete;
pragma synchronous = extra;
pragma foreign_keys = on;
pragma cell_size_check = on;
pragma temp_store = memory;
