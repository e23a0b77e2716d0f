-- title:   Receipts
-- summary: Every receipt and invoice, as read: numbers, seller, tax, total, its documents and its top-up.
-- files:   receipts
-- param:   from until
-- column:  receipt_number  text              Receipt
-- column:  invoice_number  text              Invoice
-- column:  date            day               Date
-- column:  seller          text              Seller
-- column:  description     text              Description     data
-- column:  bill_to         text              Bill_to         wide
-- column:  subtotal        amount(currency)  Subtotal        wide
-- column:  tax             amount(currency)  Tax             total
-- column:  tax_rate        share             Rate            wide
-- column:  tax_name        text              Tax_name        data
-- column:  total           amount(currency)  Total           total
-- column:  currency        text              Cur
-- column:  payment_method  text              Paid_by         wide
-- column:  source          text              Source          data
-- column:  line            integer           Line            data
-- column:  invoice_source  text              Invoice_source  data
-- column:  documents       integer           Docs
-- column:  wallet          text              Wallet          wide
-- column:  topup           text              Top-up          wide
-- column:  state           text              State
-- column:  id              text              Id              wide
-- totals:  is_settled  what was paid
-- formats: table csv json xlsx html pdf
select
    receipt_number,
    invoice_number,
    paid_on as date,
    seller,
    description,
    bill_to,
    subtotal_nanos as subtotal,
    tax_nanos as tax,
    tax_rate_ppm as tax_rate,
    tax_name,
    total_nanos as total,
    currency,
    payment_method,
    source,
    line,
    invoice_source,
    document_count as documents,
    wallet,
    topup_reference as topup,
    state,
    id,
    case when state = 'unpaid' then 0 else 1 end as is_settled
from fct_receipts
where paid_on >= :from and paid_on < :until
order by paid_on, invoice_number, receipt_number, id;
