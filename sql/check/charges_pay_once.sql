-- One row per card charge or receipt that pays for more than it is, and per top-up that is paid for otherwise than whole.
--
-- A leg that is not one to one has its charges in link_part; any other uses its charge up.
with sure_links as (
    select
        topup_id,
        leg,
        receipt_id,
        charge_id
    from link
    where state in ('confirmed', 'interchangeable', 'accepted')
),

parts as (
    select
        link_part.topup_id,
        link_part.charge_id,
        link_part.amount_nanos,
        link_part.fee_nanos,
        link_part.paid_nanos
    from link_part
    inner join sure_links on link_part.topup_id = sure_links.topup_id and sure_links.leg = 'card'
),

whole_charges as (
    select
        sure_links.charge_id,
        count(*) as link_count
    from sure_links
    left join parts on sure_links.topup_id = parts.topup_id
    where sure_links.leg = 'card' and parts.topup_id is null
    group by sure_links.charge_id
),

shared_charges as (
    select
        charge_id,
        sum(amount_nanos) as amount_nanos,
        sum(fee_nanos) as fee_nanos
    from parts
    group by charge_id
),

paid_topups as (
    select
        topup_id,
        sum(paid_nanos) as paid_nanos
    from parts
    group by topup_id
)

select 'charge ' || charge.id || ' is matched to more than one top-up' as problem
from whole_charges
inner join charge on whole_charges.charge_id = charge.charge_id
left join shared_charges on whole_charges.charge_id = shared_charges.charge_id
where whole_charges.link_count > 1 or shared_charges.charge_id is not null
union all
select 'charge ' || charge.id || ' is not the sum of what it paid of top-ups'
from shared_charges
inner join charge on shared_charges.charge_id = charge.charge_id
where
    shared_charges.amount_nanos <> charge.amount_nanos
    or shared_charges.fee_nanos <> charge.fee_nanos
union all
select 'top-up ' || topup.id || ' is not the sum of what its charges paid'
from paid_topups
inner join topup on paid_topups.topup_id = topup.topup_id
where paid_topups.paid_nanos <> topup.total_nanos
union all
select 'receipt ' || receipt.id || ' is matched to more than one top-up'
from sure_links
inner join receipt on sure_links.receipt_id = receipt.receipt_id
where sure_links.leg = 'receipt'
group by receipt.id
having count(*) > 1
order by problem;
