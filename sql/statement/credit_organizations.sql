-- One row per organization that prepays on any of its days: the days its credits are followed through.
select
    organization.organization_key,
    organization.organization_id,
    organization_fact.first_on,
    organization_fact.cost_from,
    organization_fact.cost_until
from organization_fact
inner join organization using (organization_key)
where
    not exists (
        select 1
        from invoiced_day
        where invoiced_day.organization_key = organization_fact.organization_key
    )
    or exists (
        select 1
        from calendar
        where
            calendar.day >= organization_fact.first_on
            and calendar.day <= coalesce(organization_fact.cost_until, organization_fact.first_on)
            and not exists (
                select 1
                from invoiced_day
                where
                    invoiced_day.organization_key = organization_fact.organization_key
                    and invoiced_day.day = calendar.day
            )
    )
order by organization.organization_id;
