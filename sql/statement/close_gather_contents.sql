-- Fills the temporary table of what a close of :month covers, of every organization.
insert into temp.close_content
select
    organization_id,
    kind,
    id,
    currency,
    amount_nanos,
    text,
    source
from fct_close_contents
where month = :month;
