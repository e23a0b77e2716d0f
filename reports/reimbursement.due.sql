-- title:   Charges to be reimbursed
-- summary: The AI charges of a card that somebody may ask to be given back, and what is missing to do so.
-- param:   card from until policy
-- column:  date             day                      Date
-- column:  card             text                     Card             wide
-- column:  merchant         text                     Merchant
-- column:  amount           amount(currency)         Amount
-- column:  due              amount(currency)         Due              total
-- column:  refunded         amount(currency)         Refunded         wide
-- column:  currency         text                     Cur
-- column:  fee              amount(fee_currency)     Fee              total wide
-- column:  fee_currency     text                     Fee_cur          wide
-- column:  original         amount(original_currency)  Original       wide
-- column:  original_currency  text                   Orig_cur         wide
-- column:  rate             money(currency)          Rate             exact wide
-- column:  rate_source      text                     Rate_of          wide
-- column:  organization_id  text                     Organization     wide
-- column:  invoice_number   text                     Invoice          wide
-- column:  receipt_number   text                     Receipt          wide
-- column:  claim_id         text                     Claim            wide
-- column:  claimant         text                     Claimant         wide
-- column:  submitted_on     day                      Submitted        wide
-- column:  approver         text                     Approver         wide
-- column:  projects         text                     Allocated_to     below
-- column:  purpose          text                     Purpose          below
-- column:  missing          text                     Missing          below
-- column:  why              text                     Note             below
-- column:  source           text                     Source           data
-- column:  line             integer                  Line             data
-- column:  id               text                     Id               wide
-- formats: table csv json xlsx html pdf
select
    dated_on as date,
    card_last4 as card,
    descriptor as merchant,
    amount_nanos as amount,
    due_nanos as due,
    refunded_nanos as refunded,
    currency,
    fee_nanos as fee,
    fee_currency,
    original_nanos as original,
    original_currency,
    rate_nanos as rate,
    rate_source,
    organization_id,
    invoice_number,
    receipt_number,
    claim_id,
    claimant,
    submitted_on,
    approver,
    projects,
    purpose,
    missing,
    why,
    source,
    line,
    id
from fct_reimbursements
where
    status = 'due'
    and policy = :policy
    and dated_on >= :from
    and dated_on < :until
    and (:card is null or :card in (account, card_last4))
order by dated_on, account, currency, id;
