-- One row per burn policy, organization, credit currency and month: opening to closing.
--
-- grain    policy, organization_id, currency, month
-- reads    fct_balances, stg_closings, closing_fact, balance_check, observation, organization
-- read by  reports/rollforward, fct_close_contents
--
-- The opening is the signed closing of the month before where one stands; what that closing is now, beyond
-- what was signed, is restated. observed is the month's last observed balance; unexplained is what that leaves beyond what the day's
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
        sum(case when days_from_end = 1 then balance_nanos else 0 end) as closing_nanos,
        sum(case when days_from_end = 1 then paid_nanos else 0 end) as closing_paid_nanos,
        sum(case when days_from_end = 1 then free_nanos else 0 end) as closing_free_nanos,
        sum(case when days_from_end = 1 then overdraft_nanos else 0 end) as closing_overdraft_nanos
    from days
    group by policy, organization_id, currency, month
),

openings as (
    select
        months.*,
        coalesce(
            lag(months.closing_nanos) over (
                partition by months.policy, months.organization_id, months.currency
                order by months.month
            ),
            0
        ) as prior_nanos
    from months
),

signed as (
    select
        stg_closings.policy,
        stg_closings.organization_id,
        closing_fact.currency,
        stg_closings.next_month as month,
        sum(
            case closing_fact.id
                when 'closing-overdraft' then -closing_fact.amount_nanos
                else closing_fact.amount_nanos
            end
        ) as closing_nanos
    from stg_closings
    inner join closing_fact
        on stg_closings.organization_id = closing_fact.organization_id
        and stg_closings.month = closing_fact.month
        and stg_closings.sequence = closing_fact.sequence
    where
        stg_closings.is_standing = 1
        and closing_fact.kind = 'rollforward'
        and closing_fact.id in ('closing-paid', 'closing-free', 'closing-overdraft')
    group by
        stg_closings.policy,
        stg_closings.organization_id,
        closing_fact.currency,
        stg_closings.next_month
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
    openings.policy,
    openings.organization_id,
    openings.currency,
    openings.month,
    coalesce(signed.closing_nanos, openings.prior_nanos) as opening_nanos,
    openings.prior_nanos - coalesce(signed.closing_nanos, openings.prior_nanos) as restated_nanos,
    openings.topup_nanos,
    openings.grant_nanos,
    openings.usage_nanos,
    openings.expired_nanos,
    openings.withdrawn_nanos,
    openings.adjustment_nanos,
    openings.closing_nanos,
    openings.closing_paid_nanos,
    openings.closing_free_nanos,
    openings.closing_overdraft_nanos,
    checks.balance_nanos as observed_nanos,
    checks.unexplained_nanos
from openings
left join signed
    on openings.policy = signed.policy
    and openings.organization_id = signed.organization_id
    and openings.currency = signed.currency
    and openings.month = signed.month
left join checks
    on openings.policy = checks.policy
    and openings.organization_id = checks.organization_id
    and openings.currency = checks.currency
    and openings.month = checks.month
    and checks.checks_from_end = 1;
