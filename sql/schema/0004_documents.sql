-- ---------------------------------------------------------------------------------------------------
-- Receipts and invoices as documents

alter table receipt_row add column document text not null default '';  -- 'invoice', 'receipt'; '' for a row of a table that someone keeps
alter table receipt_row add column is_paid integer not null default 1;  -- 0: an invoice that says what is due, not that it was paid; then paid_on is its day of issue
alter table receipt_row add column issued_on text;  -- as printed, or null
alter table receipt_row add column tax_rate_ppm integer;  -- parts per million: 20 % is 200000; null when not told, or several
alter table receipt_row add column tax_name text not null default '';  -- 'VAT - Turkey', 'reverse charge'
alter table receipt_row add column bill_to text not null default '';  -- first line of the address

alter table receipt add column is_paid integer not null default 1;  -- 0: only invoices tell of it, none of them paid
alter table receipt add column issued_on text;
alter table receipt add column tax_rate_ppm integer;
alter table receipt add column tax_name text not null default '';
alter table receipt add column bill_to text not null default '';

-- One row per document of a receipt: the PDFs and table rows that tell of one payment. Derived by import's refresh.
create table receipt_document (
    receipt_id integer not null references receipt,
    file_id integer not null references file,
    line integer not null,
    document text not null,  -- 'invoice', 'receipt', 'row'
    position integer not null  -- 1: the one whose amounts count
) strict;

create index receipt_document_receipt on receipt_document (receipt_id);

-- What follows from receipts that are there already is derived anew.
insert into meta (name, value)
select 'stale', '1'
where exists (select 1 from receipt_row)
on conflict (name) do update set value = excluded.value;
