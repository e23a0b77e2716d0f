-- title:   Spend by user and month
-- summary: What each user cost per month, where exports split by user: the share, and against the month before.
-- files:   cost
-- param:   org project from until
-- column:  organization_id          text              Organization
-- column:  user_id                  text              User
-- column:  user_email               text              E-mail
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
-- column:  growth_same_days         share             Growth                 wide quotient(change_same_days,prior_same_days)
-- column:  requests                 integer           Requests
-- column:  tokens                   integer           Tokens                 wide
-- column:  measured_cost            money(currency)   Measured               data
-- column:  cost_per_request         money(currency)   Per_request            exact wide quotient(measured_cost,measured_requests)
-- column:  cost_per_million_tokens  money(currency)   Per_1M_tokens          wide quotient(measured_cost,measured_tokens,1000000)
-- column:  currency                 text              Cur
-- evidence: spend.day
-- formats: table csv json xlsx html pdf
with days as (
    select
        fct_compared_days.organization_key,
        fct_compared_days.month,
        fct_compared_days.next_month,
        fct_cost_days.currency,
        case
            when fct_compared_days.day >= :from and fct_compared_days.day < :until then 1
            else 0
        end as is_shown,
        case
            when
                fct_compared_days.next_month_is_covered = 1
                and fct_compared_days.next_month_on >= :from
                and fct_compared_days.next_month_on < :until
                then 1
            else 0
        end as is_same_day,
        fct_cost_days.split_id,
        fct_cost_days.is_provisional,
        fct_cost_days.rest_nanos
    from fct_compared_days
    inner join fct_cost_days
        on
            fct_compared_days.organization_key = fct_cost_days.organization_key
            and fct_compared_days.day = fct_cost_days.day
    where
        (:org is null or fct_compared_days.organization_id = :org)
        and (
            :project is null
            or fct_cost_days.project_key in (
                select project_key
                from dim_projects
                where project_id = :project
            )
        )
),

costs as (
    select
        days.organization_key,
        fct_cost_rows.user_id,
        fct_cost_rows.user_email_id,
        days.month,
        days.next_month,
        days.currency,
        days.is_shown,
        days.is_same_day,
        sum(fct_cost_rows.cost_nanos) as cost,
        sum(case when days.is_provisional = 1 then fct_cost_rows.cost_nanos else 0 end) as provisional
    from days
    inner join fct_cost_rows on days.split_id = fct_cost_rows.split_id
    group by
        days.organization_key,
        fct_cost_rows.user_id,
        fct_cost_rows.user_email_id,
        days.month,
        days.next_month,
        days.currency,
        days.is_shown,
        days.is_same_day
    union all
    select
        organization_key,
        null as user_id,
        null as user_email_id,
        month,
        next_month,
        currency,
        is_shown,
        is_same_day,
        sum(rest_nanos) as cost,
        sum(case when is_provisional = 1 then rest_nanos else 0 end) as provisional
    from days
    where rest_nanos <> 0
    group by
        organization_key,
        month,
        next_month,
        currency,
        is_shown,
        is_same_day
),

spent as (
    select
        dim_organizations.organization_id,
        coalesce(dim_terms.text, '') as user_id,
        coalesce(emails.text, '') as user_email,
        costs.month,
        costs.next_month,
        costs.currency,
        costs.is_shown,
        costs.is_same_day,
        costs.cost,
        null as estimated,
        costs.provisional,
        null as requests,
        null as tokens,
        null as measured_cost,
        null as measured_requests,
        null as measured_tokens
    from costs
    inner join dim_organizations on costs.organization_key = dim_organizations.organization_key
    left join dim_terms on costs.user_id = dim_terms.term_id
    left join dim_terms as emails on costs.user_email_id = emails.term_id
    union all
    select
        organization_id,
        '' as user_id,
        '' as user_email,
        month,
        null as next_month,
        currency,
        1 as is_shown,
        0 as is_same_day,
        0 as cost,
        value_nanos as estimated,
        0 as provisional,
        null as requests,
        null as tokens,
        null as measured_cost,
        null as measured_requests,
        null as measured_tokens
    from fct_estimates
    where
        day >= :from
        and day < :until
        and (:org is null or organization_id = :org)
        and (:project is null or project_id = :project)
    union all
    select
        organization_id,
        user_id,
        '' as user_email,
        month,
        null as next_month,
        currency,
        1 as is_shown,
        0 as is_same_day,
        null as cost,
        null as estimated,
        null as provisional,
        sum(requests) as requests,
        sum(tokens) as tokens,
        sum(measured_nanos) as measured_cost,
        sum(measured_requests) as measured_requests,
        sum(measured_tokens) as measured_tokens
    from fct_user_usage
    where
        day >= :from
        and day < :until
        and (:org is null or organization_id = :org)
        and (:project is null or project_id = :project)
    group by organization_id, user_id, month, currency
),

turned as (
    select
        organization_id,
        user_id,
        user_email,
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
        null as prior,
        null as prior_same_days,
        1 as is_present
    from spent
    where is_shown = 1
    union all
    select
        organization_id,
        user_id,
        user_email,
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
    where cost <> 0
),

summed as (
    select
        organization_id,
        user_id,
        max(user_email) as user_email,
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
        case when sum(cost) is not null then coalesce(sum(prior), 0) end as prior,
        case when sum(cost) is not null then coalesce(sum(prior_same_days), 0) end as prior_same_days,
        max(is_present) as is_present
    from turned
    group by organization_id, user_id, month, currency
),

organizations as (
    select
        organization_id,
        month,
        currency,
        sum(cost_nanos) as organization_cost
    from fct_spend
    where day >= :from and day < :until
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
    summed.user_id,
    summed.user_email,
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
where summed.is_present = 1 or periods.are_same_days_known = 1
order by summed.organization_id, summed.user_id, summed.month, summed.currency;
