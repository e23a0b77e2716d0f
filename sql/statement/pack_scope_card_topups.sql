-- The top-ups that these charges paid, as far as that is certain: a suggestion may be another's. And the projects that used of
-- what was bought.
insert into scope_topup (topup_id)
select distinct topup_id
from source.int_charge_payments
where charge_id in (select charge_id from scope_charge);

insert into scope_project (project_key)
select distinct project_key
from source.charge_use
where project_key is not null and charge_id in (select charge_id from scope_charge);
