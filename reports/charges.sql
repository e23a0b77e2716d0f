-- title:   Card charges
-- summary: Every charge and credit of the card statements, as read: date, amount, fee, state and wallet.
-- files:   card
-- param:   from until
-- column:  source             text                       Source         data
-- column:  line               integer                    Line           data
-- column:  dated_on           day                        Date
-- column:  posted_on          day                        Posted         wide
-- column:  descriptor         text                       Descriptor
-- column:  wallet             text                       Wallet
-- column:  amount             amount(currency)           Amount         total
-- column:  currency           text                       Cur
-- column:  original_amount    amount(original_currency)  Original       wide
-- column:  original_currency  text                       Cur            wide
-- column:  fee                amount(fee_currency)       Fee            wide
-- column:  fee_currency       text                       Cur            data
-- column:  state              text                       State
-- column:  account            text                       Account        wide
-- column:  reference          text                       Reference      data
-- column:  id                 text                       Id             wide
-- totals:  is_posted  posted charges and credits
-- formats: table csv json xlsx html pdf
select
    source,
    line,
    dated_on,
    posted_on,
    descriptor,
    wallet,
    amount_nanos as amount,
    currency,
    original_nanos as original_amount,
    original_currency,
    fee_nanos as fee,
    fee_currency,
    state,
    account,
    reference,
    id,
    case when state = 'posted' then 1 else 0 end as is_posted
from fct_charges
where dated_on >= :from and dated_on < :until
order by dated_on, source, line, id;
