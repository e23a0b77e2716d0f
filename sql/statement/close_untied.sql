-- One row per charge or receipt of the API, dated :first to :last, that no top-up explains: of an organization
-- (:organization_key), or of none, for then it may be of any. Reads what close_gather left.
select
    case when code = 'NO_TOPUP_FOR_RECEIPT' then 1 else 0 end as is_receipt,
    amount_nanos,
    currency,
    reference
from temp.close_open
where
    code in ('NO_TOPUP_FOR_CHARGE', 'NO_TOPUP_FOR_RECEIPT', 'DUPLICATE_CHARGE')
    and organization_key in (0, :organization_key)
    and dated_on between :first and :last
order by dated_on, id;
