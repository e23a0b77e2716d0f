-- One row per cause and currency of accepted variances of the top-ups paid from :first to :last.
select
    adjustment.cause,
    adjustment.currency,
    count(*) as adjustment_count,
    sum(case when adjustment.amount_nanos > 0 then adjustment.amount_nanos else 0 end)
        as positive_nanos,
    sum(case when adjustment.amount_nanos < 0 then adjustment.amount_nanos else 0 end)
        as negative_nanos
from adjustment
inner join topup on adjustment.topup_id = topup.topup_id
where
    topup.organization_key = :organization_key
    and topup.paid_on >= :first
    and topup.paid_on <= :last
group by adjustment.cause, adjustment.currency
order by adjustment.cause, adjustment.currency;
