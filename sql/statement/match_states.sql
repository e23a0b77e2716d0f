-- One row per leg and state: the paid top-ups that stand there.
with legs as (
    select 'receipt' as leg, receipt_state as state from topup_state
    union all
    select 'card' as leg, card_state as state from topup_state
)

select
    leg,
    state,
    count(*) as topup_count
from legs
where state <> ''
group by leg, state
order by leg, state;
