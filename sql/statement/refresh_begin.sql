pragma foreign_keys = off;
pragma secure_delete = off;
