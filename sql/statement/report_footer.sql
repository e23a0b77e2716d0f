-- One row: provisional days, the first of them, rejected records, who has no known opening, and whose sign-off of
-- which month between :from and :until is suspended; of one organization where :org is stated (rejects name none).
with provisional_days as (
    select distinct cost_day.day
    from cost_day
    inner join organization on cost_day.organization_key = organization.organization_key
    where
        cost_day.is_provisional = 1
        and (:org is null or organization.organization_id = :org)
),

openings as (
    select distinct organization.organization_id
    from exception
    inner join organization on exception.organization_key = organization.organization_key
    where
        exception.code = 'OPENING_UNKNOWN'
        and (:org is null or organization.organization_id = :org)
    order by organization.organization_id
),

suspended as (
    select distinct
        organization_id,
        month
    from closing_change
    where
        month >= substr(:from, 1, 7)
        and month || '-01' < :until
        and (:org is null or organization_id = :org)
    order by organization_id, month
)

select
    (select count(*) from provisional_days) as provisional_count,
    (select min(day) from provisional_days) as provisional_from,
    (select coalesce(sum(reject_count), 0) from file) as reject_count,
    (select group_concat(organization_id, ', ') from openings) as opening_unknown,
    (select count(*) from file where reject_count > 0) as reject_files,
    (select group_concat(organization_id || ' ' || month, ', ') from suspended) as suspended;
