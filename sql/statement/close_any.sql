-- One row: whether any month was ever closed.
select exists (select 1 from closing) as is_any;
