-- One row per balance seen at an organization on a day on which it prepays.
select
    observation.observation_id,
    observation.organization_key,
    observation.observed_at,
    observation.observed_on,
    observation.balance_nanos,
    observation.currency,
    observation.file_id,
    observation.line
from observation
inner join organization using (organization_key)
left join invoiced_day
    on
        observation.organization_key = invoiced_day.organization_key
        and observation.observed_on = invoiced_day.day
where invoiced_day.day is null
order by organization.organization_id, observation.observed_at, observation.observation_id;
