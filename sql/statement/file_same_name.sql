-- One row when the ledger has a file of this name.
select file_id
from file
where name = :name
limit 1;
