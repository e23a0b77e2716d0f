-- One row per charge or receipt of the API, dated :first to :last, that no top-up explains: of an organization
-- (:organization_key), or of none, for then it may be of any.
select
    case when exception.code = 'NO_TOPUP_FOR_RECEIPT' then 1 else 0 end as is_receipt,
    exception.amount_nanos,
    exception.currency,
    exception.reference
from exception
where
    exception.code in ('NO_TOPUP_FOR_CHARGE', 'NO_TOPUP_FOR_RECEIPT', 'DUPLICATE_CHARGE')
    and coalesce(exception.organization_key, 0) in (0, :organization_key)
    and exception.dated_on between :first and :last
order by exception.dated_on, exception.id;
