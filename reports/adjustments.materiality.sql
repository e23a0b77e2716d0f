-- title:   Adjustments against materiality
-- summary: What was accepted above and below the credit of each month's payments, each way weighed by itself; tax is told by documents and is no variance.
-- files:   payments card
-- param:   org from until
-- column:  organization_id  text             Organization
-- column:  month            month            Month
-- column:  cause            text             Cause
-- column:  lines            integer          Lines
-- column:  above            money(currency)  Above        exact
-- column:  below            money(currency)  Below        exact
-- column:  materiality      money(currency)  Materiality  exact
-- column:  verdict          text             Verdict
-- column:  currency         text             Cur
-- needs:   close
-- evidence: adjustments
-- formats: table csv json xlsx html pdf
with causes as (
    select
        organization_id,
        month,
        cause,
        count(*) as line_count,
        sum(case when amount_nanos > 0 then amount_nanos else 0 end) as above_nanos,
        sum(case when amount_nanos < 0 then amount_nanos else 0 end) as below_nanos,
        currency
    from fct_adjustments
    where
        paid_on >= :from
        and paid_on < :until
        and (:org is null or organization_id = :org)
    group by organization_id, month, cause, currency
),

sums as (
    select
        organization_id,
        month,
        sum(line_count) as line_count,
        sum(above_nanos) as above_nanos,
        sum(below_nanos) as below_nanos,
        currency
    from causes
    where cause <> 'tax'
    group by organization_id, month, currency
),

told as (
    select
        organization_id,
        month,
        1 as part,
        cause,
        line_count,
        above_nanos,
        below_nanos,
        cast(null as integer) as limit_nanos,
        '' as verdict,
        currency
    from causes

    union all

    select
        sums.organization_id,
        sums.month,
        2 as part,
        'all but tax' as cause,
        sums.line_count,
        sums.above_nanos,
        sums.below_nanos,
        limits.limit_nanos,
        case
            when limits.limit_nanos is null then 'no credit in ' || sums.currency
            when
                sums.above_nanos > limits.limit_nanos
                or -sums.below_nanos > limits.limit_nanos
                then 'above'
            else 'within'
        end as verdict,
        sums.currency
    from sums
    left join close_materiality as limits
        on
            sums.organization_id = limits.organization_id
            and sums.month = limits.month
            and sums.currency = limits.currency
)

select
    organization_id,
    month,
    cause,
    line_count as lines,
    above_nanos as above,
    below_nanos as below,
    limit_nanos as materiality,
    verdict,
    currency
from told
order by organization_id, month, part, currency, cause;
