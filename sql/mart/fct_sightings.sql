-- One row per burn policy and observed balance within the days that are burned down.
--
-- grain    policy, observation_id
-- reads    balance_check, observation, organization
-- read by  fct_balances
--
-- unexplained is what the observation leaves beyond what the day's use allows at its instant;
-- unexplained_since is the day of the first of the consecutive observations with a rest of that sign,
-- prior_at the instant of the one before that. from_day_end is 1 for the last of its day.
create view fct_sightings as
select
    balance_check.policy,
    observation.observation_id,
    organization.organization_id,
    observation.currency,
    observation.observed_at,
    observation.observed_on as day,
    observation.balance_nanos as observed_nanos,
    balance_check.low_nanos,
    balance_check.high_nanos,
    balance_check.unexplained_nanos,
    balance_check.since_on as unexplained_since,
    balance_check.prior_at,
    row_number() over (
        partition by
            balance_check.policy,
            organization.organization_id,
            observation.currency,
            observation.observed_on
        order by observation.observed_at desc, observation.balance_nanos
    ) as from_day_end
from balance_check
inner join observation on balance_check.observation_id = observation.observation_id
inner join organization on observation.organization_key = organization.organization_key;
