-- The top-ups that these charges paid, as far as that is certain: a suggestion may be another's.
insert into scope_topup (topup_id)
select link.topup_id
from source.link
where
    link.leg = 'card'
    and link.state not in ('suggested', 'ambiguous')
    and link.charge_id in (select charge_id from scope_charge)
union
select link_part.topup_id
from source.link_part
inner join source.link on link_part.topup_id = link.topup_id and link.leg = 'card'
where
    link.state not in ('suggested', 'ambiguous')
    and link_part.charge_id in (select charge_id from scope_charge);
