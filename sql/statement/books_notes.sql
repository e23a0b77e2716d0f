-- One row: what a reader of the books of these days must know, of one organization where :org is stated.
with provisional_days as (
    select distinct cost_day.day
    from cost_day
    inner join organization on cost_day.organization_key = organization.organization_key
    where
        cost_day.is_provisional = 1
        and cost_day.day >= :from
        and cost_day.day < :until
        and (:org is null or organization.organization_id = :org)
),

other_charges as (
    select wallet
    from charge
    where
        state = 'posted'
        and wallet <> 'api'
        and dated_on >= :from
        and dated_on < :until
        and id not in (select id from fct_payment_charges)
        and id not in (select id from fct_card_movements)
),

invoiced as (
    select organization.organization_id
    from organization_fact
    inner join organization on organization_fact.organization_key = organization.organization_key
    where
        organization_fact.billing_mode = 'invoiced'
        and (:org is null or organization.organization_id = :org)
    order by organization.organization_id
),

-- No cost export, so no balance: nothing tells what became of its credit.
uncovered as (
    select distinct organization.organization_id
    from credit_grant
    inner join organization on credit_grant.organization_key = organization.organization_key
    where
        credit_grant.granted_on < :until
        and (:org is null or organization.organization_id = :org)
        and not exists (
            select 1 from balance_day where balance_day.organization_key = credit_grant.organization_key
        )
    order by organization.organization_id
)

select
    (select count(*) from provisional_days) as provisional_count,
    (select min(day) from provisional_days) as provisional_from,
    (select count(*) from other_charges) as other_count,
    (select group_concat(organization_id, ', ') from invoiced) as invoiced,
    (select group_concat(organization_id, ', ') from uncovered) as uncovered;
