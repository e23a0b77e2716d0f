pragma foreign_keys = off;
