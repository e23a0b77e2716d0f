-- title:   Rules proposed by decisions
-- summary: Lines for rules/wallets.rules that would have known what people had to accept by hand.
-- column:  line        text     Line_to_add
-- column:  descriptor  text     Text_of_the_statement  wide
-- column:  wallet      text     Wallet                 data
-- column:  charges     integer  Charges
-- column:  decision    text     First_decision
-- evidence: decisions
-- formats: table csv json xlsx html pdf
select
    line,
    descriptor,
    wallet,
    charge_count as charges,
    'd' || decision_id as decision
from fct_proposals
order by decision_id, descriptor, wallet;
