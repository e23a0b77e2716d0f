-- title:   Materiality
-- summary: What is too little to matter in each month, and whether what a balance leaves unexplained is within it.
-- param:   org from until policy
-- column:  organization_id  text             Organization
-- column:  month            month            Month
-- column:  observed         money(currency)  Observed
-- column:  unexplained      money(currency)  Unexplained
-- column:  materiality      money(currency)  Materiality  exact
-- column:  verdict          text             Verdict
-- column:  currency         text             Cur
-- column:  rule             text             Rule         below
-- needs:   close
-- evidence: spend
-- formats: table csv json xlsx html pdf
select
    limits.organization_id,
    limits.month,
    roll.observed_nanos as observed,
    roll.unexplained_nanos as unexplained,
    limits.limit_nanos as materiality,
    case
        when roll.observed_nanos is null then 'no balance was observed'
        when abs(roll.unexplained_nanos) > limits.limit_nanos then 'above'
        else 'within'
    end as verdict,
    limits.currency,
    limits.rule
from close_materiality as limits
inner join fct_rollforward as roll
    on
        limits.organization_id = roll.organization_id
        and limits.month = roll.month
        and limits.currency = roll.currency
where
    roll.policy = :policy
    and limits.month >= substr(:from, 1, 7)
    and limits.month || '-01' < :until
    and (:org is null or limits.organization_id = :org)
order by limits.organization_id, limits.currency, limits.month;
