-- One row per row of a card statement that belongs to no charge, and per charge whose money is not that of its rows.
--
-- A leg counts with what it moved in the charge's currency, else with what the merchant took in it.
-- Fees of legs in several currencies are in no charge.
with counted as (
    select
        charge_row.charge_id,
        charge_row.role,
        case
            when card_row.currency = charge.currency then card_row.amount_nanos
            when card_row.original_currency = charge.currency then card_row.original_nanos
        end as amount_nanos,
        case
            when card_row.fee_currency = charge.fee_currency then card_row.fee_nanos
            else 0
        end as fee_nanos,
        card_row.amount_nanos as fee_amount_nanos
    from charge_row
    inner join charge on charge_row.charge_id = charge.charge_id
    inner join card_row on charge_row.card_row_id = card_row.card_row_id
    where charge_row.is_counted
),

sums as (
    select
        charge_id,
        count(*) as row_count,
        sum(case when role = 'fee' then 0 else 1 end) as amount_count,
        sum(case when role = 'fee' then 0 else amount_nanos end) as amount_nanos,
        sum(case when role = 'fee' then 0 else fee_nanos end) as own_fee_nanos,
        sum(case when role = 'fee' then fee_amount_nanos else 0 end) as fee_amount_nanos
    from counted
    group by charge_id
),

several_fees as (
    select charge_row.charge_id
    from charge_row
    inner join card_row on charge_row.card_row_id = card_row.card_row_id
    where charge_row.role = 'leg' and charge_row.is_counted and card_row.fee_nanos <> 0
    group by charge_row.charge_id
    having count(distinct card_row.fee_currency) > 1
)

select file.name || ':' || card_row.line || ' belongs to no charge' as problem
from card_row
inner join file on card_row.file_id = file.file_id
left join charge_row on card_row.card_row_id = charge_row.card_row_id
where charge_row.card_row_id is null
union all
select 'charge ' || charge.id || ' is not the sum of its rows'
from charge
left join sums on charge.charge_id = sums.charge_id
left join several_fees on charge.charge_id = several_fees.charge_id
where
    sums.row_count is null
    or (sums.amount_count > 0 and sums.amount_nanos <> charge.amount_nanos)
    or (sums.amount_count > 0 and several_fees.charge_id is null
        and sums.own_fee_nanos + sums.fee_amount_nanos <> charge.fee_nanos)
    or (sums.amount_count = 0 and sums.fee_amount_nanos <> charge.amount_nanos)
union all
select 'charge ' || charge.id || ' has no row that it stands for'
from charge
left join charge_row
    on charge.card_row_id = charge_row.card_row_id
    and charge.charge_id = charge_row.charge_id
where charge_row.card_row_id is null
order by problem;
