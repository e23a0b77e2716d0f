-- One row per posted movement of the wallet chatgpt: whose cards paid, in which store.
--
-- reads    charge, account, file, calendar
-- read by  src/wallet/subscription.c
--
-- Cards of one owner, as the accounts table names them, are one owner's; else each account is its
-- own. The store is where the descriptor says that it is sold.
select
    charge.id,
    case
        when account.owner <> '' then 'owner ' || account.owner
        else 'account ' || account.account_id
    end as owner,
    case
        when account.owner <> '' then account.owner
        else 'the card ' || account.account
    end as owner_name,
    charge.account_id,
    charge.file_id,
    file.name as source,
    charge.line,
    charge.dated_on,
    calendar.day_number,
    charge.amount_nanos,
    charge.currency,
    charge.original_nanos,
    charge.original_currency,
    charge.reference,
    charge.descriptor,
    case
        when upper(charge.descriptor) like '%APPLE%' or upper(charge.descriptor) like '%ITUNES%'
            then 'Apple''s store'
        when upper(charge.descriptor) like '%GOOGLE%' then 'Google''s store'
        else 'on the web'
    end as store
from charge
inner join account on charge.account_id = account.account_id
inner join file on charge.file_id = file.file_id
inner join calendar on charge.dated_on = calendar.day
where charge.wallet = 'chatgpt' and charge.state = 'posted'
order by owner, calendar.day_number, charge.purchased_from, charge.id;
