-- One row per organization and credit currency that is burned down: whether its opening is known, and how.
--
-- grain    organization_id, currency
-- reads    opening, organization
-- read by  reports/forecast, the close room
--
-- evidence is 'opening grant', 'balance seen' (on or before the day of first use) or 'first invoice'
-- (counter 0001); '' where nothing says what stood before first_on, so that zero is assumed.
create view fct_openings as
select
    organization.organization_id,
    opening.currency,
    opening.first_on,
    case when opening.evidence = '' then 0 else 1 end as is_known,
    opening.evidence,
    opening.reference
from opening
inner join organization on opening.organization_key = organization.organization_key;
