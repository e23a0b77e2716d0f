-- One row per name of an imported file, with the format it was read by.
select name, min(format) as format from file group by name order by name;
