-- One row per organization, month and currency: what its invoiced days cost.
select
    cost_day.organization_key,
    organization.organization_id,
    substr(cost_day.day, 1, 7) as month,
    cost_day.currency,
    sum(cost_day.cost_nanos) as usage_nanos
from cost_day
inner join invoiced_day
    on
        cost_day.organization_key = invoiced_day.organization_key
        and cost_day.day = invoiced_day.day
inner join organization on cost_day.organization_key = organization.organization_key
group by cost_day.organization_key, organization.organization_id, month, cost_day.currency
order by organization.organization_id, month, cost_day.currency;
