-- One row: how many causes are found, and how many of them say something; of one organization where :org is
-- stated.
select
    count(*) as cause_count,
    coalesce(sum(case when diagnosis.cause <> 'not-known' then 1 else 0 end), 0) as found_count
from diagnosis
inner join organization on diagnosis.organization_key = organization.organization_key
where :org is null or organization.organization_id = :org;
