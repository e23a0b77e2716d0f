-- One row: how many episodes without a verdict are open, or were raised or ended from :from on; of one organization with
-- :org. The filter of reports/runaway-new.
select count(*) as episode_count
from fct_runaways
where
    verdict = ''
    and (until_on is null or until_on >= :from or raised_on >= :from)
    and (:org is null or organization_id = :org);
