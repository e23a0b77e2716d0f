-- title:   Spend by project and month
-- summary: What each project cost per month, list price before tax: its share, and against the month before.
-- files:   cost
-- by:      month project
-- param:   org project from until
-- column:  organization_id          text              Organization
-- column:  project_id               text              Project                wide
-- column:  project_name             text              Name
-- column:  month                    month             Month
-- column:  cost                     money(currency)   Cost                   total
-- column:  estimated                money(currency)   Estimated              total wide
-- column:  provisional              money(currency)   Provisional            total wide
-- column:  share                    share             Share                  quotient(cost,organization_cost)
-- column:  prior                    money(currency)   Prior                  data
-- column:  change                   money(currency)   Change                 data
-- column:  growth                   share             Growth                 data quotient(change,prior)
-- column:  prior_same_days          money(currency)   Prior                  wide
-- column:  change_same_days         money(currency)   Change
-- column:  growth_same_days         share             Growth                 quotient(change_same_days,prior_same_days)
-- column:  requests                 integer           Requests               wide
-- column:  tokens                   integer           Tokens                 wide
-- column:  measured_cost            money(currency)   Measured               data
-- column:  cost_per_request         money(currency)   Per_request            exact wide quotient(measured_cost,measured_requests)
-- column:  cost_per_million_tokens  money(currency)   Per_1M_tokens          wide quotient(measured_cost,measured_tokens,1000000)
-- column:  currency                 text              Cur
-- chart:   stack x=month y=cost series=project_id label=project_name
-- evidence: spend.day
-- formats: table csv json xlsx html pdf
with spent as (
    select
        fct_spend.organization_id,
        fct_spend.project_id,
        fct_spend.project_name,
        fct_spend.month,
        fct_compared_days.next_month,
        fct_spend.currency,
        case when :project is null or fct_spend.project_id = :project then 1 else 0 end as is_wanted,
        case when fct_spend.day >= :from and fct_spend.day < :until then 1 else 0 end as is_shown,
        case
            when
                fct_compared_days.next_month_is_covered = 1
                and fct_compared_days.next_month_on >= :from
                and fct_compared_days.next_month_on < :until
                then 1
            else 0
        end as is_same_day,
        sum(fct_spend.cost_nanos) as cost,
        sum(fct_spend.estimated_nanos) as estimated,
        sum(fct_spend.provisional_nanos) as provisional,
        sum(fct_spend.requests) as requests,
        sum(fct_spend.tokens) as tokens,
        sum(fct_spend.measured_nanos) as measured_cost,
        sum(fct_spend.measured_requests) as measured_requests,
        sum(fct_spend.measured_tokens) as measured_tokens
    from fct_spend
    left join fct_compared_days
        on
            fct_spend.organization_id = fct_compared_days.organization_id
            and fct_spend.day = fct_compared_days.day
    where :org is null or fct_spend.organization_id = :org
    group by
        fct_spend.organization_id,
        fct_spend.project_id,
        fct_spend.project_name,
        fct_spend.month,
        next_month,
        fct_spend.currency,
        is_wanted,
        is_shown,
        is_same_day
),

turned as (
    select
        organization_id,
        project_id,
        project_name,
        month,
        currency,
        cost,
        estimated,
        provisional,
        requests,
        tokens,
        measured_cost,
        measured_requests,
        measured_tokens,
        0 as prior,
        0 as prior_same_days,
        1 as is_present
    from spent
    where is_wanted = 1 and is_shown = 1
    union all
    select
        organization_id,
        project_id,
        project_name,
        next_month as month,
        currency,
        0 as cost,
        null as estimated,
        0 as provisional,
        null as requests,
        null as tokens,
        null as measured_cost,
        null as measured_requests,
        null as measured_tokens,
        cost as prior,
        case when is_same_day = 1 then cost else 0 end as prior_same_days,
        0 as is_present
    from spent
    where is_wanted = 1 and cost <> 0
),

summed as (
    select
        organization_id,
        project_id,
        project_name,
        month,
        currency,
        sum(cost) as cost,
        sum(estimated) as estimated,
        sum(provisional) as provisional,
        sum(requests) as requests,
        sum(tokens) as tokens,
        sum(measured_cost) as measured_cost,
        sum(measured_requests) as measured_requests,
        sum(measured_tokens) as measured_tokens,
        sum(prior) as prior,
        sum(prior_same_days) as prior_same_days,
        max(is_present) as is_present
    from turned
    group by organization_id, project_id, project_name, month, currency
),

organizations as (
    select
        organization_id,
        month,
        currency,
        sum(cost) as organization_cost
    from spent
    where is_shown = 1
    group by organization_id, month, currency
),

periods as (
    select
        organization_id,
        next_month as month,
        min(is_covered) as is_prior_known,
        min(
            case
                when next_month_is_covered = 1 and next_month_on >= :from and next_month_on < :until
                    then is_covered
            end
        ) as are_same_days_known
    from fct_compared_days
    group by organization_id, next_month
)

select
    summed.organization_id,
    summed.project_id,
    summed.project_name,
    summed.month,
    summed.cost,
    summed.estimated,
    summed.provisional,
    summed.currency,
    organizations.organization_cost,
    case
        when periods.is_prior_known = 1 and periods.are_same_days_known = 1 then summed.prior
    end as prior,
    case
        when periods.is_prior_known = 1 and periods.are_same_days_known = 1
            then summed.cost - summed.prior
    end as change,
    case when periods.are_same_days_known = 1 then summed.prior_same_days end as prior_same_days,
    case
        when periods.are_same_days_known = 1 then summed.cost - summed.prior_same_days
    end as change_same_days,
    summed.requests,
    summed.tokens,
    summed.measured_cost,
    summed.measured_requests,
    summed.measured_tokens
from summed
left join organizations
    on
        summed.organization_id = organizations.organization_id
        and summed.month = organizations.month
        and summed.currency = organizations.currency
left join periods
    on
        summed.organization_id = periods.organization_id
        and summed.month = periods.month
where summed.is_present = 1
order by summed.organization_id, summed.project_id, summed.month, summed.currency;
