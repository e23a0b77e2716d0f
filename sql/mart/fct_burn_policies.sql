-- One row per organization, credit currency, month and kind where the burn policies differ in what expires.
--
-- grain    organization_id, currency, month, kind
-- reads    balance_day, grant_balance, credit_grant, organization
-- read by  reports/burn-policies, statement/report_policies
--
-- kind is 'expired' for what has expired, 'forecast' for what will, unused at the mean daily burn. A
-- month in which both policies agree has no row.
create view fct_burn_policies as
with amounts as (
    select
        organization_key,
        currency,
        substr(day, 1, 7) as month,
        'expired' as kind,
        policy,
        expired_nanos as amount_nanos
    from balance_day
    where expired_nanos <> 0
    union all
    select
        credit_grant.organization_key,
        credit_grant.currency,
        substr(credit_grant.expires_on, 1, 7),
        'forecast',
        grant_balance.policy,
        grant_balance.forecast_unused_nanos
    from grant_balance
    inner join credit_grant on grant_balance.credit_grant_id = credit_grant.credit_grant_id
    where grant_balance.forecast_unused_nanos <> 0
),

months as (
    select
        organization_key,
        currency,
        month,
        kind,
        sum(case when policy = 'free-first' then amount_nanos else 0 end) as free_first_nanos,
        sum(case when policy = 'expiry-first' then amount_nanos else 0 end) as expiry_first_nanos,
        sum(case when policy = 'free-first' then amount_nanos else -amount_nanos end)
            as difference_nanos
    from amounts
    group by organization_key, currency, month, kind
)

select
    organization.organization_id,
    months.currency,
    months.month,
    months.kind,
    months.free_first_nanos,
    months.expiry_first_nanos,
    months.difference_nanos
from months
inner join organization on months.organization_key = organization.organization_key
where months.difference_nanos <> 0;
