-- One row: provisional days, the first of them, rejected records, and who has no known opening.
select
    (select count(distinct day) from cost_day where is_provisional = 1) as provisional_count,
    (select min(day) from cost_day where is_provisional = 1) as provisional_from,
    (select coalesce(sum(reject_count), 0) from file) as reject_count,
    (
        select group_concat(organization_id, ', ')
        from (
            select organization.organization_id
            from exception
            inner join organization
                on exception.organization_key = organization.organization_key
            where exception.code = 'OPENING_UNKNOWN'
            order by organization.organization_id
        )
    ) as opening_unknown;
