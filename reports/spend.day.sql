-- title:   Spend by project and day
-- summary: What each project cost per day, list price before tax: its share, and against the day before.
-- files:   cost
-- param:   org project from until
-- column:  organization_id          text              Organization
-- column:  project_id               text              Project                wide
-- column:  project_name             text              Name
-- column:  day                      day               Day
-- column:  cost                     money(currency)   Cost                   total
-- column:  estimated                money(currency)   Estimated              total wide
-- column:  provisional              money(currency)   Provisional            total wide
-- column:  share                    share             Share                  quotient(cost,organization_cost)
-- column:  prior                    money(currency)   Prior                  data
-- column:  change                   money(currency)   Change
-- column:  growth                   share             Growth                 quotient(change,prior)
-- column:  requests                 integer           Requests               wide
-- column:  tokens                   integer           Tokens                 wide
-- column:  measured_cost            money(currency)   Measured               data
-- column:  cost_per_request         money(currency)   Per_request            exact wide quotient(measured_cost,measured_requests)
-- column:  cost_per_million_tokens  money(currency)   Per_1M_tokens          wide quotient(measured_cost,measured_tokens,1000000)
-- column:  currency                 text              Cur
-- chart:   stack x=day y=cost series=project_id label=project_name
-- evidence: sources restatements
-- formats: table csv json xlsx html pdf
with spent as (
    select
        fct_spend.organization_id,
        fct_spend.project_id,
        fct_spend.project_name,
        fct_spend.day,
        fct_compared_days.next_on as next_day,
        fct_spend.currency,
        case when :project is null or fct_spend.project_id = :project then 1 else 0 end as is_wanted,
        case when fct_spend.day >= :from and fct_spend.day < :until then 1 else 0 end as is_shown,
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
        fct_spend.day,
        next_day,
        fct_spend.currency,
        is_wanted,
        is_shown
),

turned as (
    select
        organization_id,
        project_id,
        project_name,
        day,
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
        1 as is_present
    from spent
    where is_wanted = 1 and is_shown = 1
    union all
    select
        organization_id,
        project_id,
        project_name,
        next_day as day,
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
        0 as is_present
    from spent
    where is_wanted = 1 and cost <> 0
),

summed as (
    select
        organization_id,
        project_id,
        project_name,
        day,
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
        max(is_present) as is_present
    from turned
    group by organization_id, project_id, project_name, day, currency
),

organizations as (
    select
        organization_id,
        day,
        currency,
        sum(cost) as organization_cost
    from spent
    where is_shown = 1
    group by organization_id, day, currency
),

periods as (
    select
        organization_id,
        next_on as day,
        is_covered as is_prior_known
    from fct_compared_days
    where next_day_is_covered = 1 and next_on >= :from and next_on < :until
)

select
    summed.organization_id,
    summed.project_id,
    summed.project_name,
    summed.day,
    summed.cost,
    summed.estimated,
    summed.provisional,
    summed.currency,
    organizations.organization_cost,
    case when periods.is_prior_known = 1 then summed.prior end as prior,
    case when periods.is_prior_known = 1 then summed.cost - summed.prior end as change,
    summed.requests,
    summed.tokens,
    summed.measured_cost,
    summed.measured_requests,
    summed.measured_tokens
from summed
left join organizations
    on
        summed.organization_id = organizations.organization_id
        and summed.day = organizations.day
        and summed.currency = organizations.currency
left join periods
    on
        summed.organization_id = periods.organization_id
        and summed.day = periods.day
where summed.is_present = 1
order by summed.organization_id, summed.project_id, summed.day, summed.currency;
