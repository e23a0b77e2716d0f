-- title:   Claims for reimbursement
-- summary: Every line of a claim and the charge that it is about, as far as exactly one fits.
-- files:   claims
-- param:   from until
-- column:  claim_id         text                     Claim
-- column:  claimant         text                     Claimant
-- column:  submitted_on     day                      Submitted
-- column:  approver         text                     Approver       wide
-- column:  state            text                     State
-- column:  earlier_claim    text                     Claimed_in
-- column:  charge           text                     Stated
-- column:  card             text                     Card           data
-- column:  stated_on        day                      Stated_date    data
-- column:  stated           amount(stated_currency)  Stated_amount  data
-- column:  stated_currency  text                     Stated_cur     data
-- column:  date             day                      Date
-- column:  amount           amount(currency)         Amount
-- column:  currency         text                     Cur
-- column:  charge_source    text                     Charge_in      data
-- column:  charge_line      integer                  Charge_line    data
-- column:  source           text                     Source         data
-- column:  line             integer                  Line           data
-- column:  id               text                     Id             wide
-- formats: table csv json xlsx html pdf
select
    claim_id,
    claimant,
    submitted_on,
    approver,
    state,
    earlier_claim_id as earlier_claim,
    stated_charge as charge,
    stated_card as card,
    stated_on,
    stated_nanos as stated,
    stated_currency,
    charged_on as date,
    amount_nanos as amount,
    currency,
    charge_source,
    charge_line,
    source,
    line,
    id
from fct_claims
where
    coalesce(submitted_on, charged_on, stated_on, :from) >= :from
    and coalesce(submitted_on, charged_on, stated_on, :from) < :until
order by coalesce(submitted_on, '9999-12-31'), claim_id, source, line, id;
