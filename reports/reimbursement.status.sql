-- title:   Reimbursement by status and claim
-- summary: What the AI charges of a card come to, and how much of it is due in which claim.
-- param:   card from until policy
-- column:  status    text              Status
-- column:  claim_id  text              Claim
-- column:  claimant  text              Claimant
-- column:  charges   integer           Charges
-- column:  amount    amount(currency)  Amount    total
-- column:  due       amount(currency)  Due       total
-- column:  currency  text              Cur
-- evidence: reimbursement
-- formats: table csv json xlsx html pdf
select
    status,
    claim_id,
    claimant,
    count(*) as charges,
    sum(amount_nanos) as amount,
    sum(due_nanos) as due,
    currency
from fct_reimbursements
where
    policy = :policy
    and dated_on >= :from
    and dated_on < :until
    and (:card is null or :card in (account, card_last4))
group by status, claim_id, claimant, currency
order by
    case status when 'due' then 1 when 'already claimed' then 2 else 3 end,
    status,
    currency,
    claim_id,
    claimant;
