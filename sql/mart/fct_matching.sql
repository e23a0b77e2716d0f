-- One row per payment and leg that is due, with where it stands.
--
-- grain    topup, leg
-- reads    topup, topup_state, organization
-- read by  reports/matching
--
-- leg is 'receipt', 'card', or 'both': the weaker of the two, which is what the payment as a whole is.
create view fct_matching as
with legs as (
    select
        topup_id,
        'receipt' as leg,
        receipt_state as state
    from topup_state
    union all
    select
        topup_id,
        'card' as leg,
        card_state as state
    from topup_state
    union all
    select
        topup_id,
        'both' as leg,
        state
    from topup_state
)

select
    organization.organization_id,
    topup.paid_on,
    substr(topup.paid_on, 1, 7) as month,
    legs.leg,
    legs.state,
    topup.total_nanos,
    topup.currency,
    topup.id
from legs
inner join topup on legs.topup_id = topup.topup_id
inner join organization on topup.organization_key = organization.organization_key
where legs.state <> '';
