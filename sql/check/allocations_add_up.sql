-- One row per organization's day whose allocation to projects is not what was drawn and overdrawn.
with drawn as (
    select
        policy,
        organization_key,
        day,
        sum(drawn_nanos) as drawn_nanos
    from burn
    where drawn_nanos > 0
    group by policy, organization_key, day
),

allocated as (
    select
        policy,
        organization_key,
        day,
        sum(drawn_nanos) as drawn_nanos
    from allocation_day
    group by policy, organization_key, day
)

select
    organization.organization_id || ' ' || drawn.day || ' (' || drawn.policy
    || '): the projects'' shares are not what was drawn' as problem
from drawn
inner join organization on drawn.organization_key = organization.organization_key
left join allocated
    on drawn.policy = allocated.policy
    and drawn.organization_key = allocated.organization_key
    and drawn.day = allocated.day
where drawn.drawn_nanos <> coalesce(allocated.drawn_nanos, 0)
order by drawn.policy, organization.organization_id, drawn.day;
