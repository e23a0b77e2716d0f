-- Every reading connection, before its first statement.
pragma query_only = on;
pragma cell_size_check = on;
pragma temp_store = memory;
