-- One row per charge that paid a part of this top-up, or per top-up that this charge paid a part of.
select
    topup.id as topup_id,
    topup.reference as topup_reference,
    charge.id as charge_id,
    file.name || ':' || charge.line as charge_source,
    link_part.amount_nanos,
    link_part.currency,
    link_part.paid_nanos,
    link_part.paid_currency
from link_part
inner join topup on link_part.topup_id = topup.topup_id
inner join charge on link_part.charge_id = charge.charge_id
inner join file on charge.file_id = file.file_id
where
    (:kind = 'topup' and link_part.topup_id = :fact_id)
    or (:kind = 'charge' and link_part.charge_id = :fact_id)
order by link_part.topup_id, link_part.charge_id;
