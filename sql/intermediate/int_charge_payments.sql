-- One row per top-up and card charge that paid it for sure.
--
-- grain    topup_id, charge_id
-- reads    link, link_part
-- read by  int_claim_hits, statement/wallet_claims
--
-- A charge that paid several top-ups is shared: what it paid are the top-ups.
create view int_charge_payments as
with sure as (
    select
        topup_id,
        charge_id
    from link
    where
        leg = 'card'
        and charge_id is not null
        and state in ('confirmed', 'interchangeable', 'accepted', 'settled')
),

pairs as (
    select
        topup_id,
        charge_id
    from sure

    union all

    select
        sure.topup_id,
        link_part.charge_id
    from sure
    inner join link_part
        on sure.topup_id = link_part.topup_id and sure.charge_id <> link_part.charge_id
)

select
    topup_id,
    charge_id,
    case when count(*) over (partition by charge_id) > 1 then 1 else 0 end as is_shared
from pairs;
