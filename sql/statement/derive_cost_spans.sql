-- One row per cost snapshot: the days it covers, an organization's snapshots after each other.
select
    ranked_snapshot.organization_key,
    ranked_snapshot.from_day,
    ranked_snapshot.until_day
from temp.ranked_snapshot
inner join organization using (organization_key)
where ranked_snapshot.kind = 'cost'
order by
    organization.organization_id,
    ranked_snapshot.from_day,
    ranked_snapshot.until_day;
