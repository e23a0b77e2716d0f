-- One row per organization and day on which its line of the organizations table says invoiced; of
-- several lines that hold on a day, the one that begins later counts.
with ranked as (
    select
        stated.organization_key,
        calendar.day,
        stated.billing_mode,
        row_number() over (
            partition by stated.organization_key, calendar.day
            order by coalesce(stated.from_on, '') desc, stated.line desc
        ) as position
    from stg_organization_rows as stated
    inner join calendar
        on
            calendar.day >= coalesce(stated.from_on, '')
            and calendar.day <= coalesce(stated.until_on, '9999-12-31')
    where
        stated.organization_key in (
            select invoiced.organization_key
            from stg_organization_rows as invoiced
            where invoiced.billing_mode = 'invoiced'
        )
)

insert into invoiced_day (organization_key, day)
select
    organization_key,
    day
from ranked
where position = 1 and billing_mode = 'invoiced';
