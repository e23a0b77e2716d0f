-- One row per burn policy, organization, credit currency and day on which credit will expire.
--
-- grain    policy, organization_id, currency, day
-- reads    grant_balance, credit_grant, organization
-- read by  reports/expiry-calendar
--
-- Of grants that have something left. unused is what of it expires unused at the mean daily burn.
create view fct_expiries as
select
    grant_balance.policy,
    organization.organization_id,
    credit_grant.currency,
    credit_grant.expires_on as day,
    substr(credit_grant.expires_on, 1, 7) as month,
    count(*) as grant_count,
    sum(credit_grant.face_nanos) as face_nanos,
    sum(grant_balance.remaining_nanos) as remaining_nanos,
    sum(grant_balance.forecast_unused_nanos) as unused_nanos
from grant_balance
inner join credit_grant on grant_balance.credit_grant_id = credit_grant.credit_grant_id
inner join organization on credit_grant.organization_key = organization.organization_key
where grant_balance.remaining_nanos > 0 and credit_grant.expires_on is not null
group by
    grant_balance.policy,
    organization.organization_id,
    credit_grant.currency,
    credit_grant.expires_on;
