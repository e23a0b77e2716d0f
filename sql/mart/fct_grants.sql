-- One row per burn policy and grant: face = used + expired + withdrawn + remaining.
--
-- grain    policy, credit_grant_id
-- reads    credit_grant, grant_balance, topup, grant_fact, organization, calendar
-- read by  reports/grants, reports/expiring-credits
create view fct_grants as
select
    grant_balance.policy,
    credit_grant.credit_grant_id,
    organization.organization_id,
    credit_grant.reference,
    credit_grant.kind,
    credit_grant.granted_at,
    credit_grant.granted_on,
    credit_grant.expires_at,
    credit_grant.expires_on,
    calendar.day_number as expires_number,
    credit_grant.currency,
    credit_grant.face_nanos,
    grant_balance.used_nanos,
    grant_balance.repaid_nanos,
    grant_balance.expired_nanos,
    grant_balance.expired_low_nanos,
    grant_balance.withdrawn_nanos,
    grant_balance.remaining_nanos,
    grant_balance.forecast_unused_nanos,
    grant_balance.state,
    coalesce(topup.id, grant_fact.id) as id
from credit_grant
inner join grant_balance on credit_grant.credit_grant_id = grant_balance.credit_grant_id
inner join organization on credit_grant.organization_key = organization.organization_key
left join topup on credit_grant.topup_id = topup.topup_id
left join grant_fact on credit_grant.grant_fact_id = grant_fact.grant_fact_id
left join calendar on credit_grant.expires_on = calendar.day;
