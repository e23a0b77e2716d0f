-- One row per card charge or receipt that is confirmed for two top-ups.
with held as (
    select
        'charge ' || charge.id as what,
        count(*) as link_count
    from link
    inner join charge on link.charge_id = charge.charge_id
    where link.state in ('confirmed', 'interchangeable')
    group by charge.id
    union all
    select
        'receipt ' || receipt.id as what,
        count(*) as link_count
    from link
    inner join receipt on link.receipt_id = receipt.receipt_id
    where link.state in ('confirmed', 'interchangeable')
    group by receipt.id
)

select
    what || ' is matched to more than one top-up' as problem
from held
where link_count > 1
order by what;
