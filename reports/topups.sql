-- title:   Top-ups, their receipts and card charges
-- summary: Every payment, with the receipt and the card charge that belong to it.
-- param:   org from until
-- column:  organization_id  text                    Organization
-- column:  topup_source     text                    Source            data
-- column:  topup_line       integer                 Line              data
-- column:  paid_at          instant                 Paid_at
-- column:  invoice_number   text                    Invoice
-- column:  status           text                    Status
-- column:  kind             text                    Kind
-- column:  credit           amount(credit_currency) Credit            total
-- column:  tax              amount(currency)        Tax               total
-- column:  total            amount(currency)        Total             total
-- column:  currency         text                    Cur
-- column:  receipt_number   text                    Receipt
-- column:  receipt_source   text                    Receipt_source    data
-- column:  receipt_line     integer                 Receipt_line      data
-- column:  receipt_state    text                    Receipt_state
-- column:  card_source      text                    Card_source       data
-- column:  card_line        integer                 Card_line         data
-- column:  card_amount      amount(card_currency)   Charged
-- column:  card_currency    text                    Cur
-- column:  fee              amount(card_currency)   Fee
-- column:  variance         amount(card_currency)   Variance          data
-- column:  card_state       text                    Card_state
-- column:  state            text                    State             data
-- column:  rule             text                    Rule              data
-- column:  id               text                    Id
-- formats: table csv json
select
    organization_id,
    topup_source,
    topup_line,
    paid_at,
    invoice_number,
    status,
    kind,
    credit_nanos as credit,
    credit_currency,
    tax_nanos as tax,
    total_nanos as total,
    currency,
    receipt_number,
    receipt_source,
    receipt_line,
    receipt_state,
    card_source,
    card_line,
    card_amount_nanos as card_amount,
    card_currency,
    fee_nanos as fee,
    variance_nanos as variance,
    card_state,
    state,
    rule,
    id
from fct_topups
where
    paid_on >= :from
    and paid_on < :until
    and (:org is null or organization_id = :org)
order by organization_id, paid_at, id;
