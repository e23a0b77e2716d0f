-- Empties what wallet derives.
delete from claim;
delete from invoiced_month;
