-- Its top-ups, the charges that certainly paid them, and what gave these back.
insert into scope_topup (topup_id)
select topup_id
from source.topup
where organization_key in (select organization_key from scope_organization);

insert into scope_charge (charge_id)
select link.charge_id
from source.link
where
    link.leg = 'card'
    and link.charge_id is not null
    and link.state not in ('suggested', 'ambiguous')
    and link.topup_id in (select topup_id from scope_topup)
union
select link_part.charge_id
from source.link_part
inner join source.link on link_part.topup_id = link.topup_id and link.leg = 'card'
where
    link.state not in ('suggested', 'ambiguous')
    and link_part.topup_id in (select topup_id from scope_topup);

insert or ignore into scope_charge (charge_id)
select refund_charge_id
from source.refund_link
where charge_id in (select charge_id from scope_charge);
