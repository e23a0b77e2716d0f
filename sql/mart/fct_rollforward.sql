-- One row per burn policy, organization, credit currency and month: opening to closing.
--
-- grain    policy, organization_id, currency, month
-- reads    fct_balances, balance_check, observation, organization
-- read by  reports/rollforward
--
-- observed is the month's last observed balance; unexplained is what that leaves beyond what the day's
-- use allows at its instant.
create view fct_rollforward as
with days as (
    select
        fct_balances.*,
        row_number() over (
            partition by policy, organization_id, currency, month order by day desc
        ) as days_from_end
    from fct_balances
),

months as (
    select
        policy,
        organization_id,
        currency,
        month,
        sum(topup_nanos) as topup_nanos,
        sum(grant_nanos) as grant_nanos,
        sum(usage_nanos) as usage_nanos,
        sum(expired_nanos) as expired_nanos,
        sum(withdrawn_nanos) as withdrawn_nanos,
        sum(adjustment_nanos) as adjustment_nanos,
        sum(case when days_from_end = 1 then balance_nanos else 0 end) as closing_nanos
    from days
    group by policy, organization_id, currency, month
),

checks as (
    select
        balance_check.policy,
        organization.organization_id,
        observation.currency,
        substr(observation.observed_on, 1, 7) as month,
        observation.balance_nanos,
        balance_check.unexplained_nanos,
        row_number() over (
            partition by
                balance_check.policy,
                observation.organization_key,
                observation.currency,
                substr(observation.observed_on, 1, 7)
            order by observation.observed_at desc, observation.balance_nanos
        ) as checks_from_end
    from balance_check
    inner join observation on balance_check.observation_id = observation.observation_id
    inner join organization on observation.organization_key = organization.organization_key
)

select
    months.policy,
    months.organization_id,
    months.currency,
    months.month,
    coalesce(
        lag(months.closing_nanos) over (
            partition by months.policy, months.organization_id, months.currency
            order by months.month
        ),
        0
    ) as opening_nanos,
    0 as restated_nanos,
    months.topup_nanos,
    months.grant_nanos,
    months.usage_nanos,
    months.expired_nanos,
    months.withdrawn_nanos,
    months.adjustment_nanos,
    months.closing_nanos,
    checks.balance_nanos as observed_nanos,
    checks.unexplained_nanos
from months
left join checks
    on months.policy = checks.policy
    and months.organization_id = checks.organization_id
    and months.currency = checks.currency
    and months.month = checks.month
    and checks.checks_from_end = 1;
