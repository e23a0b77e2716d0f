-- ---------------------------------------------------------------------------------------------------
-- How far an export's rows go, whether or not they charge anything

alter table snapshot add column rows_until text;  -- last day that the file has a row for, an empty one included; null: not known, for it was imported before this was kept
