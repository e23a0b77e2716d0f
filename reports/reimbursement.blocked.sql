-- title:   Charges that an earlier claim has
-- summary: What two claims ask for blocks until it is settled: `trueup report exceptions`, ALREADY_CLAIMED.
-- param:   card from until policy
-- column:  date          day               Date
-- column:  card          text              Card      wide
-- column:  merchant      text              Merchant
-- column:  status        text              Status
-- column:  amount        amount(currency)  Amount    total
-- column:  currency      text              Cur
-- column:  claim_id      text              Claim     wide
-- column:  claimant      text              Claimant  wide
-- column:  submitted_on  day               Submitted wide
-- column:  why           text              Why       below
-- column:  source        text              Source    data
-- column:  line          integer           Line      data
-- column:  id            text              Id
-- blocks:  charges that two claims ask for, until it is settled
-- formats: table csv json xlsx html pdf
select
    dated_on as date,
    card_last4 as card,
    descriptor as merchant,
    status,
    amount_nanos as amount,
    currency,
    claim_id,
    claimant,
    submitted_on,
    why,
    source,
    line,
    id
from fct_reimbursements
where
    status = 'already claimed'
    and policy = :policy
    and dated_on >= :from
    and dated_on < :until
    and (:card is null or :card in (account, card_last4))
order by dated_on, account, currency, id;
