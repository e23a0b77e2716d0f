-- One row per candidate of an item (:kind, :fact_key, :leg of a top-up): what may still be chosen first.
select
    case when :kind = 'topup' then coalesce(receipt.id, charge.id) else topup.id end as id,
    case
        when :kind <> 'topup' then 'top-up'
        when candidate.leg = 'card' then 'charge'
        else 'receipt'
    end as noun,
    case
        when :kind <> 'topup' then topup_file.name || ':' || topup.line
        else coalesce(
            receipt_file.name || ':' || receipt.line, charge_file.name || ':' || charge.line
        )
    end as source,
    case
        when :kind <> 'topup' then topup.paid_on else coalesce(receipt.paid_on, charge.dated_on)
    end as dated_on,
    case
        when :kind <> 'topup' then topup.total_nanos
        else coalesce(receipt.total_nanos, charge.amount_nanos)
    end as amount_nanos,
    case
        when :kind <> 'topup' then topup.currency else coalesce(receipt.currency, charge.currency)
    end as currency,
    candidate.verdict,
    candidate.reason
from candidate
inner join topup on candidate.topup_id = topup.topup_id
inner join file as topup_file on topup.file_id = topup_file.file_id
left join receipt on candidate.receipt_id = receipt.receipt_id
left join file as receipt_file on receipt.file_id = receipt_file.file_id
left join charge on candidate.charge_id = charge.charge_id
left join file as charge_file on charge.file_id = charge_file.file_id
where
    coalesce(candidate.receipt_id, candidate.charge_id) is not null
    and (
        (:kind = 'topup' and candidate.topup_id = :fact_key and candidate.leg = :leg)
        or (:kind = 'receipt' and candidate.receipt_id = :fact_key)
        or (:kind = 'charge' and candidate.charge_id = :fact_key)
    )
order by
    case candidate.verdict when 'undecided' then 1 when 'won' then 2 when 'lost' then 3 else 4 end,
    candidate.rowid;
