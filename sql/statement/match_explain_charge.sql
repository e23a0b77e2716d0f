-- One row: a charge.
select
    charge.id,
    charge.reference,
    file.name || ':' || charge.line as source,
    charge.dated_on,
    charge.amount_nanos,
    charge.currency,
    charge.original_nanos,
    charge.original_currency,
    charge.card_last4,
    charge.state,
    charge.descriptor,
    charge.wallet,
    charge.wallet_rule,
    account.account
from charge
inner join file on charge.file_id = file.file_id
inner join account on charge.account_id = account.account_id
where charge.charge_id = :fact_id;
