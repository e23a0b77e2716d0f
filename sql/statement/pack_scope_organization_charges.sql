-- Its top-ups, the charges that certainly paid them, and what gave these back.
insert into scope_topup (topup_id)
select topup_id
from source.topup
where organization_key in (select organization_key from scope_organization);

insert into scope_charge (charge_id)
select distinct charge_id
from source.int_charge_payments
where topup_id in (select topup_id from scope_topup);

insert or ignore into scope_charge (charge_id)
select refund_charge_id
from source.refund_link
where charge_id in (select charge_id from scope_charge);
