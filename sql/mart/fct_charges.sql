-- One row per card charge, whichever statements show it, with what its statement printed
-- and the wallet that it was sorted into. What was given back is below zero;
-- the fee comes on top, both null when there is none.
--
-- grain    charge
-- reads    charge, account, file
-- read by  reports/charges
create view fct_charges as
select
    file.name as source,
    charge.line,
    charge.dated_on,
    charge.posted_on,
    charge.descriptor,
    charge.wallet,
    charge.amount_nanos,
    charge.currency,
    charge.original_nanos,
    charge.original_currency,
    case when charge.fee_nanos <> 0 then charge.fee_nanos end as fee_nanos,
    case when charge.fee_nanos <> 0 then charge.fee_currency end as fee_currency,
    charge.state,
    account.account,
    charge.reference,
    charge.id
from charge
inner join account on charge.account_id = account.account_id
inner join file on charge.file_id = file.file_id;
