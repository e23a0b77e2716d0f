pragma foreign_keys = on;
pragma secure_delete = on;
