-- One row: of one organization the newest month that stands closed (null: none), the months whose sign-off is suspended,
-- and the month to close next: a suspended one, the one after the newest closed, else the newest that is over in its cost.
with organizations as (
    select
        organization_fact.organization_key,
        organization_fact.cost_until,
        organization.organization_id
    from organization_fact
    inner join organization
        on organization_fact.organization_key = organization.organization_key
    where organization_fact.organization_key = :organization_key
),

newest as (
    select
        month,
        next_month
    from stg_closings
    where
        is_standing = 1
        and organization_id = (select organization_id from organizations)
    order by month desc
    limit 1
),

suspended as (
    select distinct month
    from closing_change
    where organization_id = (select organization_id from organizations)
    order by month
),

over as (
    select calendar.month
    from calendar
    where calendar.day <= (select cost_until from organizations)
    group by calendar.month
    having max(calendar.day) = (
        select max(whole.day) from calendar as whole where whole.month = calendar.month
    )
    order by calendar.month desc
    limit 1
)

select
    (select month from newest) as closed,
    (select group_concat(month, ', ') from suspended) as suspended,
    coalesce(
        (select min(month) from suspended),
        (select next_month from newest),
        (select month from over)
    ) as next;
