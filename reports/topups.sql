-- title:   Top-ups, their receipts and card charges
-- summary: Every payment, with the receipt and the card charge that belong to it.
-- files:   payments
-- param:   org from until
-- column:  organization_id  text                     Organization
-- column:  topup_source     text                     Source           data
-- column:  topup_line       integer                  Line             data
-- column:  paid_at          instant                  Paid_(UTC)
-- column:  invoice_number   text                     Invoice
-- column:  status           text                     Status
-- column:  kind             text                     Kind             data
-- column:  credit           amount(credit_currency)  Credit           total wide
-- column:  tax              amount(currency)         Tax              total wide
-- column:  total            amount(currency)         Total            total
-- column:  currency         text                     Cur
-- column:  receipt_number   text                     Receipt_number   data
-- column:  receipt_source   text                     Receipt_source   data
-- column:  receipt_line     integer                  Receipt_line     data
-- column:  receipt_state    text                     Receipt
-- column:  card_source      text                     Card_source      data
-- column:  card_line        integer                  Card_line        data
-- column:  card_amount      amount(card_currency)    Charged          wide
-- column:  card_currency    text                     Cur              wide
-- column:  fee              amount(fee_currency)     Fee              data
-- column:  variance         amount(card_currency)    Variance         data
-- column:  card_state       text                     Card
-- column:  state            text                     State            data
-- column:  rule             text                     Rule             data
-- column:  credit_currency  text                     Credit_currency  data
-- column:  fee_currency     text                     Fee_currency     data
-- column:  id               text                     Id               wide
-- totals:  is_settled  paid and refunded payments
-- formats: table csv json xlsx html pdf
select
    organization_id,
    topup_source,
    topup_line,
    paid_at,
    invoice_number,
    status,
    kind,
    credit_nanos as credit,
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
    credit_currency,
    fee_currency,
    id,
    case when status in ('paid', 'refunded') then 1 else 0 end as is_settled
from fct_topups
where
    paid_on >= :from
    and paid_on < :until
    and (:org is null or organization_id = :org)
order by organization_id, paid_at, id;
