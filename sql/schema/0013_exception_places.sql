-- ---------------------------------------------------------------------------------------------------
-- Exceptions are looked up by id and by the line that they are about

create index exception_id on exception (id);
create index exception_place on exception (file_id, line);
