-- A copy that is made anew when anything fails: no journal on the disk, no waiting for it.
pragma journal_mode = memory;
pragma synchronous = off;
pragma foreign_keys = off;
