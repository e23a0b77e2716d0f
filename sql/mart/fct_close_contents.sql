-- One row per fact of an organization's month that a close covers, as it is now.
--
-- grain    organization_id, month, kind, id, currency
-- reads    fct_rollforward, cost_day, project, topup, topup_state, link, link_part, receipt, charge,
--          file, organization
-- read by  the close room
--
-- A top-up counts while it was paid: that it was refunded in a later month changes that month. A pair
-- has no other side ('') where any of several is as good, or none is needed. A charge is told by its day and
-- amount, not by its id, which the accounts table and other statements may change; several by their first and
-- last and how many they are.
create view fct_close_contents as
with names (id) as (
    values
    ('opening'),
    ('restated'),
    ('topups'),
    ('grants'),
    ('usage'),
    ('expired'),
    ('withdrawn'),
    ('adjustments'),
    ('closing-paid'),
    ('closing-free'),
    ('closing-overdraft')
),

figures as (
    select
        fct_rollforward.organization_id,
        fct_rollforward.month,
        'rollforward' as kind,
        names.id,
        fct_rollforward.currency,
        case names.id
            when 'opening' then fct_rollforward.opening_nanos
            when 'restated' then fct_rollforward.restated_nanos
            when 'topups' then fct_rollforward.topup_nanos
            when 'grants' then fct_rollforward.grant_nanos
            when 'usage' then fct_rollforward.usage_nanos
            when 'expired' then fct_rollforward.expired_nanos
            when 'withdrawn' then fct_rollforward.withdrawn_nanos
            when 'adjustments' then fct_rollforward.adjustment_nanos
            when 'closing-paid' then fct_rollforward.closing_paid_nanos
            when 'closing-free' then fct_rollforward.closing_free_nanos
            else fct_rollforward.closing_overdraft_nanos
        end as amount_nanos,
        '' as text,
        '' as source
    from fct_rollforward
    cross join names
    where fct_rollforward.policy = 'free-first'
),

costs as (
    select
        organization.organization_id,
        substr(cost_day.day, 1, 7) as month,
        'cost' as kind,
        coalesce(project.project_id, '') as id,
        cost_day.currency,
        sum(cost_day.cost_nanos) as amount_nanos,
        '' as text,
        case
            when min(file.name) = max(file.name) then min(file.name)
            else min(file.name) || ', …, ' || max(file.name)
        end as source
    from cost_day
    inner join organization on cost_day.organization_key = organization.organization_key
    left join project on cost_day.project_key = project.project_key
    left join file on cost_day.source_file_id = file.file_id
    group by
        organization.organization_id,
        substr(cost_day.day, 1, 7),
        coalesce(project.project_id, ''),
        cost_day.currency
),

payments as (
    select
        topup.*,
        organization.organization_id,
        substr(topup.paid_on, 1, 7) as month
    from topup
    inner join organization on topup.organization_key = organization.organization_key
    where topup.status in ('paid', 'refunded')
),

charges as (
    select
        charge_id,
        file_id,
        dated_on || ' ' || cast(amount_nanos as text) || ' ' || currency as told
    from charge
),

legs as (
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
),

pairs as (
    select
        payments.organization_id,
        payments.month,
        'pair' as kind,
        payments.id || ' ' || legs.leg as id,
        payments.currency,
        payments.total_nanos as amount_nanos,
        case
            when legs.state not in ('confirmed', 'accepted') then ''
            when count(distinct charges.charge_id) > 1
                then min(charges.told) || ' to ' || max(charges.told) || ', '
                    || cast(count(distinct charges.charge_id) as text)
            else coalesce(min(receipt.id), min(charges.told), '')
        end as text,
        coalesce(max(file.name), '') as source
    from payments
    inner join legs on payments.topup_id = legs.topup_id
    left join link on legs.topup_id = link.topup_id and legs.leg = link.leg
    left join receipt on link.receipt_id = receipt.receipt_id
    left join link_part on legs.topup_id = link_part.topup_id and legs.leg = 'card'
    left join charges on coalesce(link_part.charge_id, link.charge_id) = charges.charge_id
    left join file on coalesce(receipt.file_id, charges.file_id) = file.file_id
    where legs.state in ('confirmed', 'interchangeable', 'accepted', 'settled')
    group by
        payments.organization_id,
        payments.month,
        payments.id,
        legs.leg,
        legs.state,
        payments.currency,
        payments.total_nanos
)

select * from figures
union all
select * from costs
union all
select
    payments.organization_id,
    payments.month,
    'topup' as kind,
    payments.id,
    payments.credit_currency as currency,
    payments.credit_nanos as amount_nanos,
    cast(payments.total_nanos as text) || ' ' || payments.currency as text,
    file.name as source
from payments
inner join file on payments.file_id = file.file_id
union all
select * from pairs;
