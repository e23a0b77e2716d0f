-- One row per leg of a top-up, receipt or charge that an exception (:id) is about, where it asks for a counterpart.
select
    'topup' as kind,
    topup.id,
    case exception.code
        when 'NO_RECEIPT' then 'receipt'
        when 'NO_CARD_CHARGE' then 'card'
        else ''
    end as leg
from exception
inner join topup on exception.file_id = topup.file_id and exception.line = topup.line
where
    exception.id = :id
    and exception.code in ('NO_RECEIPT', 'NO_CARD_CHARGE', 'AMBIGUOUS', 'AMOUNT_MISMATCH')
union
select
    'receipt' as kind,
    receipt.id,
    '' as leg
from exception
inner join receipt on exception.file_id = receipt.file_id and exception.line = receipt.line
where exception.id = :id and exception.code = 'NO_TOPUP_FOR_RECEIPT'
union
select
    'charge' as kind,
    charge.id,
    '' as leg
from exception
inner join charge on exception.file_id = charge.file_id and exception.line = charge.line
where exception.id = :id and exception.code in ('NO_TOPUP_FOR_CHARGE', 'DUPLICATE_CHARGE')
order by 1, 2;
