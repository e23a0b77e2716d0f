-- One row per credit that gives back a charge, or that is this charge.
select
    refund_link.kind,
    refund_link.reason,
    refund.id,
    file.name || ':' || refund.line as source
from refund_link
inner join charge as refund on refund_link.refund_charge_id = refund.charge_id
inner join file on refund.file_id = file.file_id
where refund_link.refund_charge_id = :fact_id or refund_link.charge_id = :fact_id
order by refund_link.refund_charge_id;
