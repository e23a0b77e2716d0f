-- One row per pair that was considered for a top-up, a receipt or a charge, in the order of their writing.
select
    candidate.leg,
    candidate.verdict,
    candidate.reason,
    topup.id as topup_id,
    topup.reference as topup_reference,
    coalesce(receipt.id, charge.id, '') as item_id,
    coalesce(
        receipt_file.name || ':' || receipt.line, charge_file.name || ':' || charge.line, ''
    ) as item_source
from candidate
inner join topup on candidate.topup_id = topup.topup_id
left join receipt on candidate.receipt_id = receipt.receipt_id
left join file as receipt_file on receipt.file_id = receipt_file.file_id
left join charge on candidate.charge_id = charge.charge_id
left join file as charge_file on charge.file_id = charge_file.file_id
where
    (:kind = 'topup' and candidate.topup_id = :fact_id)
    or (:kind = 'receipt' and candidate.receipt_id = :fact_id)
    or (:kind = 'charge' and candidate.charge_id = :fact_id)
order by candidate.leg desc, candidate.rowid;
