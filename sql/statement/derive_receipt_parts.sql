-- Fills what the document that counts does not tell from the others of the same receipt.
--
-- What the first document lacks is taken from the next in rank that tells it. Its total and its date
-- are its own: two documents that disagree about the total are a conflict. A receipt of one document is
-- what that says. The parts stand in a table with a key, lest each receipt go through all of them.
create temp table if not exists receipt_part (
    receipt_row_id integer primary key,
    receipt_number text not null,
    invoice_number text not null,
    seller text not null,
    description text not null,
    subtotal_nanos integer,
    tax_nanos integer,
    tax_rate_ppm integer,
    tax_name text not null,
    payment_method text not null,
    card_last4 text not null,
    bill_to text not null,
    issued_on text
);

delete from temp.receipt_part;

insert into temp.receipt_part
with told as (
    select
        revisions.identity,
        revisions.fact_occurrence,
        revisions.revision_rank,
        receipt_row.receipt_row_id,
        receipt_row.receipt_number,
        receipt_row.invoice_number,
        receipt_row.seller,
        receipt_row.description,
        receipt_row.subtotal_nanos,
        receipt_row.tax_nanos,
        receipt_row.tax_rate_ppm,
        receipt_row.tax_name,
        receipt_row.payment_method,
        receipt_row.card_last4,
        receipt_row.bill_to,
        receipt_row.issued_on
    from temp.receipt_revision as revisions
    inner join receipt_row on receipt_row.receipt_row_id = revisions.receipt_row_id
    where revisions.document_count > 1
),

filled as (
    select
        receipt_row_id,
        revision_rank,
        first_value(receipt_number) over by_receipt_number as receipt_number,
        first_value(invoice_number) over by_invoice_number as invoice_number,
        first_value(seller) over by_seller as seller,
        first_value(description) over by_description as description,
        first_value(subtotal_nanos) over by_subtotal_nanos as subtotal_nanos,
        first_value(tax_nanos) over by_tax_nanos as tax_nanos,
        first_value(tax_rate_ppm) over by_tax_rate_ppm as tax_rate_ppm,
        first_value(tax_name) over by_tax_name as tax_name,
        first_value(payment_method) over by_payment_method as payment_method,
        first_value(card_last4) over by_card_last4 as card_last4,
        first_value(bill_to) over by_bill_to as bill_to,
        first_value(issued_on) over by_issued_on as issued_on
    from told
    window
        by_receipt_number as (
            partition by identity, fact_occurrence
            order by case when receipt_number = '' then 1 else 0 end, revision_rank
        ),
        by_invoice_number as (
            partition by identity, fact_occurrence
            order by case when invoice_number = '' then 1 else 0 end, revision_rank
        ),
        by_seller as (
            partition by identity, fact_occurrence
            order by case when seller = '' then 1 else 0 end, revision_rank
        ),
        by_description as (
            partition by identity, fact_occurrence
            order by case when description = '' then 1 else 0 end, revision_rank
        ),
        by_subtotal_nanos as (
            partition by identity, fact_occurrence
            order by case when subtotal_nanos is null then 1 else 0 end, revision_rank
        ),
        by_tax_nanos as (
            partition by identity, fact_occurrence
            order by case when tax_nanos is null then 1 else 0 end, revision_rank
        ),
        by_tax_rate_ppm as (
            partition by identity, fact_occurrence
            order by case when tax_rate_ppm is null then 1 else 0 end, revision_rank
        ),
        by_tax_name as (
            partition by identity, fact_occurrence
            order by case when tax_name = '' then 1 else 0 end, revision_rank
        ),
        by_payment_method as (
            partition by identity, fact_occurrence
            order by case when payment_method = '' then 1 else 0 end, revision_rank
        ),
        by_card_last4 as (
            partition by identity, fact_occurrence
            order by case when card_last4 = '' then 1 else 0 end, revision_rank
        ),
        by_bill_to as (
            partition by identity, fact_occurrence
            order by case when bill_to = '' then 1 else 0 end, revision_rank
        ),
        by_issued_on as (
            partition by identity, fact_occurrence
            order by case when issued_on is null then 1 else 0 end, revision_rank
        )
)

select
    receipt_row_id,
    receipt_number,
    invoice_number,
    seller,
    description,
    subtotal_nanos,
    tax_nanos,
    tax_rate_ppm,
    tax_name,
    payment_method,
    card_last4,
    bill_to,
    issued_on
from filled
where revision_rank = 1;

update receipt
set (
    receipt_number, invoice_number, seller, description, subtotal_nanos, tax_nanos, tax_rate_ppm,
    tax_name, payment_method, card_last4, bill_to, issued_on
) = (
    select
        parts.receipt_number,
        parts.invoice_number,
        parts.seller,
        parts.description,
        parts.subtotal_nanos,
        parts.tax_nanos,
        parts.tax_rate_ppm,
        parts.tax_name,
        parts.payment_method,
        parts.card_last4,
        parts.bill_to,
        parts.issued_on
    from temp.receipt_part as parts
    where parts.receipt_row_id = receipt.receipt_row_id
)
where receipt_row_id in (select receipt_row_id from temp.receipt_part);
